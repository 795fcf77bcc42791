import type { Story, StoryParty, Stretch } from '../../src-shared/story/story';
import { formatClock } from '../text/format-time';
import type { Translate } from '../text/text';

export type FormatNumber = (number: string) => string;

/** People of the centre by name and extension, others by name, else by number. */
export function personWord(party: StoryParty, t: Translate, formatNumber: FormatNumber): string {
  const { role, number, name } = party;
  if (name === null || name === '') return number === '' ? t('common.unknown-caller') : formatNumber(number);
  return role === 'customer' ? name : t('story.person', { name, number });
}

/** What happened in a stretch, in one sentence. */
export function stretchWord(stretch: Stretch, t: Translate, formatNumber: FormatNumber): string {
  const { kind, parties, by, queueName, queueId, isReturn } = stretch;
  const who = parties.map(party => personWord(party, t, formatNumber)).join(', ');
  const byWhom = by === null ? '' : personWord(by, t, formatNumber);
  switch (kind) {
    case 'queue':
      return t(isReturn ? 'story.queue-again' : 'story.queue', { queue: queueName ?? queueId ?? '' });
    case 'hold':
      return t('story.hold', { by: byWhom });
    case 'consult':
      return t('story.consult', { by: byWhom, who });
    case 'transfer':
      return t('story.transfer', { by: byWhom, who });
    case 'alone':
      return t('story.alone');
    default:
      return t(`story.${kind}`, { who });
  }
}

/** What else is to be said of it, a line each. */
export function stretchNotes(stretch: Stretch, t: Translate, formatNumber: FormatNumber): string[] {
  const { transfer, rings, reason } = stretch;
  const outcome = transfer?.outcome ?? null;
  const way = transfer === null ? null : t(`story.transfer-${transfer.kind}`);
  const sent = way === null ? [] : [outcome === null ? way : `${way} · ${t(`story.transfer-${outcome}`)}`];
  const rang = rings.map(ring => {
    const who = personWord(ring.party, t, formatNumber);
    return ring.outcome === null
      ? t('story.rings', { who })
      : t('story.rang', { who, outcome: t(`story.offer-${ring.outcome}`) });
  });
  return [...sent, ...(reason === null ? [] : [t('story.reason', { reason })]), ...rang];
}

/** What belongs to the whole call. */
export function storyNotes(story: Story, t: Translate, formatNumber: FormatNumber): string[] {
  const { mutes, recordings, endedAt } = story;
  const muted = mutes.flatMap(({ party, startedAt, endedAt: until }) =>
    until === null
      ? []
      : [
          t('story.muted', {
            who: personWord(party, t, formatNumber),
            time: formatClock(until - startedAt),
          }),
        ],
  );
  const own = recordings.filter(({ callId }) => callId === story.callId).length;
  return [
    ...(endedAt === null ? [t('story.still')] : []),
    ...(own === 0 ? [] : [t('story.recorded', { count: own })]),
    ...muted,
  ];
}
