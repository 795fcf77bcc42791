import type { CSSProperties, ReactNode } from 'react';
import { storyLane, type LaneMark } from '../../../src-shared/story/story-lane';
import type { Story } from '../../../src-shared/story/story';
import type { Recording, RecordingNote } from '../../../src-shared/recordings/recording';
import { formatClock } from '../../text/format-time';
import { useText, type Translate } from '../../text/text';
import styles from './StoryLane.module.css';

interface StoryLaneProps {
  readonly story: Story | null;
  readonly recording: Recording;
  readonly notes: readonly RecordingNote[];
  readonly onSeek: (atMs: number) => void;
}

/** What happened, over the sound at the time it happened; a click plays from there. For the mouse: the keyboard has the arrows, the notes and the call's story. */
export function StoryLane({ story, recording, notes, onSeek }: StoryLaneProps): ReactNode {
  const { t } = useText();
  const { durationMs } = recording;
  const marks = story === null ? [] : storyLane(story, recording).filter(({ kind }) => kind !== 'talk');
  const place = (atMs: number): CSSProperties => ({ insetInlineStart: `${share(atMs, durationMs)}%` });
  return (
    <fieldset className={styles['lane']} aria-label={t('records.story')} data-testid="story-lane">
      {marks.map(mark => (
        <button
          key={`${mark.kind}${mark.atMs}${mark.party?.number ?? ''}`}
          type="button"
          tabIndex={-1}
          className={styles[mark.toMs === null || mark.kind === 'wait-before' ? 'marker' : 'span']}
          data-kind={mark.kind}
          data-at={Math.round(mark.atMs)}
          style={{
            ...place(mark.atMs),
            ...(mark.toMs === null || mark.kind === 'wait-before'
              ? {}
              : { inlineSize: `${share(mark.toMs - mark.atMs, durationMs)}%` }),
          }}
          title={wordOf(mark, t)}
          aria-label={wordOf(mark, t)}
          onClick={() => onSeek(mark.atMs)}
        />
      ))}
      {notes.map(({ id, atMs, text }) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          className={styles['note']}
          style={place(atMs)}
          title={text}
          aria-label={`${formatClock(atMs)} ${text}`}
          onClick={() => onSeek(atMs)}
        />
      ))}
    </fieldset>
  );
}

const wordOf = ({ kind, atMs, waitMs, party, queueName }: LaneMark, t: Translate): string =>
  [
    formatClock(atMs),
    t(`lane.${kind}`),
    waitMs === null ? null : formatClock(waitMs),
    queueName,
    party === null ? null : (party.name ?? party.number),
  ]
    .filter(part => part !== null)
    .join(' · ');

const share = (ms: number, ofMs: number): number => (ofMs <= 0 ? 0 : Math.max(0, Math.min(100, (ms / ofMs) * 100)));
