import { BookOpen, CircleCheck, CirclePause, Coffee, Ellipsis, Layers, Users, Utensils } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import type { MenuEntry, MenuGroup } from '../components/Menu/Menu';
import type { AskedState } from '../stores/agent-store';
import { isBusy, localWord, reasonWord, type ReasonWords } from './reason-word';

/** Reasons that most centres have get their own picture. */
const icons: Record<string, ReactNode> = {
  coffee: <Coffee size={16} aria-hidden="true" />,
  lunch: <Utensils size={16} aria-hidden="true" />,
  meeting: <Users size={16} aria-hidden="true" />,
  training: <BookOpen size={16} aria-hidden="true" />,
  other: <Ellipsis size={16} aria-hidden="true" />,
};
const availableIcon = <CircleCheck size={16} aria-hidden="true" />;
const iconOf = (reason: string): ReactNode => icons[reason] ?? <CirclePause size={16} aria-hidden="true" />;

export interface StateMenuParts {
  readonly status: AgentStatus;
  readonly queues: AgentProfile['queues'];
  readonly words: ReasonWords;
  /** The centre cannot be asked now. */
  readonly isDisabled: boolean;
}

/** Everything a person may become: available, on a break, and one level down the same for one queue. */
export function stateMenu(parts: StateMenuParts): readonly MenuGroup[] {
  const { status, queues, words, isDisabled } = parts;
  const { t } = words;
  const breaks = reasonEntries(
    parts,
    '',
    id => status.nextBreak === id || (status.state === 'on-break' && status.reason === id),
  );
  return [
    {
      id: 'available',
      entries: [
        {
          id: 'available',
          label: t('agent.become-available'),
          icon: availableIcon,
          isChosen: status.state === 'available',
          isDisabled,
        },
      ],
    },
    ...(breaks.length === 0
      ? []
      : [{ id: 'break', title: t(isBusy(status.state) ? 'agent.plan-break' : 'agent.take-break'), entries: breaks }]),
    ...(queues.length < 2 && status.queuePauses.length === 0
      ? []
      : [{ id: 'queues', title: t('agent.queues'), entries: queues.map(queue => queueEntry(queue, parts)) }]),
  ];
}

function queueEntry({ id, name }: AgentProfile['queues'][number], parts: StateMenuParts): MenuEntry {
  const { status, words, isDisabled } = parts;
  const pause = status.queuePauses.find(({ queueId }) => queueId === id);
  const resume: MenuEntry = {
    id: `${id}/`,
    label: words.t('agent.queue-resume'),
    icon: availableIcon,
    isDisabled: isDisabled || pause === undefined,
  };
  return {
    id: `queue ${id}`,
    label: name,
    ...(pause !== undefined && {
      note: words.t('agent.queue-paused', { reason: reasonWord(pause.reason, null, words) }),
    }),
    icon: <Layers size={16} aria-hidden="true" />,
    isDisabled,
    entries: [resume, ...reasonEntries(parts, `${id}/`, reason => pause?.reason === reason)],
  };
}

function reasonEntries(
  { words, isDisabled }: StateMenuParts,
  prefix: string,
  isChosen: (reason: string) => boolean,
): readonly MenuEntry[] {
  return (words.policy?.pauseReasons ?? []).map(({ id, text, minutes }) => {
    const reason = localWord(text, words.language);
    return {
      id: `${prefix === '' ? 'break/' : prefix}${id}`,
      label: minutes === null || prefix !== '' ? reason : words.t('agent.break-with-time', { reason, minutes }),
      icon: iconOf(id),
      isChosen: isChosen(id),
      isDisabled,
    };
  });
}

/** What an entry of the menu asks for. Queue, then reason; ids have no stroke in them. */
export function wantedBy(entryId: string): AskedState {
  if (entryId === 'available') return { to: 'available' };
  const [place = '', reason = ''] = entryId.split('/');
  return place === 'break'
    ? { to: 'on-break', reason }
    : { to: 'queue-pause', queueId: place, reason: reason === '' ? null : reason };
}
