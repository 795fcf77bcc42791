import { useState, type KeyboardEvent, type ReactNode } from 'react';
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

interface LaneStop {
  readonly id: string;
  readonly atMs: number;
  readonly words: string;
  readonly look: 'marker' | 'span' | 'note';
  readonly kind?: LaneMark['kind'];
  readonly toMs?: number | null;
}

/**
 * What happened, over the sound at the time it happened; a click or Enter plays from there. One stop for Tab, the arrows go from mark to mark.
 */
export function StoryLane({ story, recording, notes, onSeek }: StoryLaneProps): ReactNode {
  const { t } = useText();
  const { durationMs } = recording;
  const [reached, setReached] = useState<string | null>(null);
  const stops = stopsOf(story, recording, notes, t);
  const current = stops.find(({ id }) => id === reached)?.id ?? stops[0]?.id;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys from mark to mark; each mark is a button
    <fieldset className={styles['lane']} aria-label={t('records.story')} data-testid="story-lane" onKeyDown={moveAlong}>
      {stops.map(({ id, atMs, words, look, kind, toMs = null }) => (
        <button
          key={id}
          type="button"
          tabIndex={id === current ? 0 : -1}
          className={styles[look]}
          data-kind={kind}
          data-at={Math.round(atMs)}
          data-to={toMs === null ? undefined : Math.round(toMs)}
          style={{
            insetInlineStart: `${share(atMs, durationMs)}%`,
            ...(look === 'span' && toMs !== null ? { inlineSize: `${share(toMs - atMs, durationMs)}%` } : {}),
          }}
          title={words}
          aria-label={words}
          onFocus={() => setReached(id)}
          onClick={() => onSeek(atMs)}
        />
      ))}
    </fieldset>
  );
}

/** Marks and notes in the order of time, as they are drawn and as the arrows reach them. */
function stopsOf(
  story: Story | null,
  recording: Recording,
  notes: readonly RecordingNote[],
  t: Translate,
): readonly LaneStop[] {
  const marks = story === null ? [] : storyLane(story, recording).filter(({ kind }) => kind !== 'talk');
  return [
    ...marks.map(mark => ({
      id: `${mark.kind}${mark.atMs}${mark.party?.number ?? ''}`,
      atMs: mark.atMs,
      toMs: mark.toMs,
      kind: mark.kind,
      words: wordOf(mark, t),
      look: mark.toMs === null || mark.kind === 'wait-before' ? ('marker' as const) : ('span' as const),
    })),
    ...notes.map(({ id, atMs, text }) => ({ id, atMs, words: `${formatClock(atMs)} ${text}`, look: 'note' as const })),
  ].toSorted((a, b) => a.atMs - b.atMs);
}

/** The lane runs from left to right in every language, like the sound. */
function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.findIndex(each => each === event.target);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || at === -1) return;
  event.preventDefault();
  event.stopPropagation();
  all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
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
