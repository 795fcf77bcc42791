import {
  ArrowRightLeft,
  BellRing,
  Hourglass,
  MessagesSquare,
  Pause,
  Phone,
  PhoneOff,
  Undo2,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Story, Stretch, StretchKind } from '../../src-shared/story/story';
import { formatClock, formatDay, formatTimeOfDay } from '../text/format-time';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { PartyTable } from './PartyTable';
import { personWord, storyNotes, stretchNotes, stretchWord } from './story-words';
import styles from './StoryView.module.css';

const icons: Record<StretchKind, LucideIcon> = {
  ringing: BellRing,
  queue: Hourglass,
  talk: Phone,
  hold: Pause,
  consult: MessagesSquare,
  conference: Users,
  transfer: ArrowRightLeft,
  return: Undo2,
  alone: PhoneOff,
  service: Phone,
  colleagues: Users,
};

interface StoryViewProps {
  readonly story: Story;
  /** Who called and when stands above it already. */
  readonly isTitled?: boolean;
}

/** A call from its beginning to its end: a bar of where the time went, the chain in words, and everybody's own times. */
export function StoryView({ story, isTitled = false }: StoryViewProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const until = story.endedAt ?? story.stretches.at(-1)?.startedAt ?? story.startedAt;
  const notes = storyNotes(story, t, formatNumber);
  if (story.stretches.length === 0) return <p>{t('story.nothing')}</p>;
  return (
    <div className={styles['story']} data-testid="story" data-call-id={story.callId}>
      {!isTitled && <StoryHead story={story} />}
      <div className={styles['bar']} aria-hidden="true">
        {story.stretches.map(({ kind, startedAt, endedAt }) => (
          <i
            key={`${kind} ${startedAt}`}
            data-kind={kind}
            style={{ flexGrow: Math.max(0, (endedAt ?? until) - startedAt) }}
          />
        ))}
      </div>
      <ol className={styles['chain']} aria-label={t('story.chain')}>
        {story.stretches.map(stretch => (
          <Step key={`${stretch.kind} ${stretch.startedAt}`} stretch={stretch} />
        ))}
      </ol>
      {notes.length > 0 && (
        <ul className={styles['notes']}>
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <PartyTable parties={story.parties} />
    </div>
  );
}

function StoryHead({ story }: { readonly story: Story }): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  return (
    <p className={styles['head']}>
      <b>
        <bdi>{personWord(story.customer, t, formatNumber)}</bdi>
      </b>
      <span>
        {[
          formatDay(story.startedAt, language),
          formatTimeOfDay(story.startedAt, language),
          ...(story.endedAt === null ? [] : [formatClock(story.endedAt - story.startedAt)]),
        ].join(' · ')}
      </span>
    </p>
  );
}

function Step({ stretch }: { readonly stretch: Stretch }): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const { kind, startedAt, endedAt } = stretch;
  const Icon = icons[kind];
  return (
    <li className={styles['step']} data-kind={kind}>
      <span className={styles['icon']}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <div className={styles['what']}>
        <p>
          <bdi>{stretchWord(stretch, t, formatNumber)}</bdi>
        </p>
        {stretchNotes(stretch, t, formatNumber).map(note => (
          <p key={note} className={styles['note']}>
            {note}
          </p>
        ))}
      </div>
      <div className={styles['when']}>
        <p>{endedAt === null ? '' : formatClock(endedAt - startedAt)}</p>
        <p className={styles['note']}>{formatTimeOfDay(startedAt, language)}</p>
      </div>
    </li>
  );
}
