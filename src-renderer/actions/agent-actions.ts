import { CircleCheck, CirclePause, Coffee } from 'lucide-react';
import { quickPauseReason } from '../../src-shared/policy/quick-pause';
import { isBusy, localWord, reasonWord } from '../agent-status/reason-word';
import { askForState } from '../agent-status/state-orders';
import type { ActionFacts } from './action-facts';
import type { Action } from './actions';

const isPaused = ({ status }: ActionFacts): boolean => status.state === 'on-break';
const become = (): void => void askForState({ to: 'available' });
const takeBreak = (reason: string): void => void askForState({ to: 'on-break', reason });

/** One's own state. */
export const agentActions: readonly Action[] = [
  {
    id: 'pause',
    group: 'agent',
    icon: CirclePause,
    shortcut: 'pause',
    label: ({ t, language }, facts) => {
      const { policy } = facts;
      const reason = reasonWord(quickPauseReason(policy) ?? '', null, { t, language, policy });
      return isPaused(facts) ? t('dashboard.become-available') : t('actions.pause', { reason });
    },
    isAllowed: facts =>
      facts.status.state !== 'signed-out' && (isPaused(facts) || quickPauseReason(facts.policy) !== null),
    run: facts => {
      const reason = quickPauseReason(facts.policy);
      if (isPaused(facts)) become();
      else if (reason !== null) takeBreak(reason);
    },
  },
  {
    id: 'available',
    group: 'agent',
    icon: CircleCheck,
    shortcut: null,
    label: ({ t }) => t('dashboard.become-available'),
    // On a break the entry above says the same.
    isAllowed: ({ status }) => status.nextBreak !== null,
    run: become,
  },
];

/** A break for each reason of the policy; the one that "pause" begins is there already. */
export const breakActions = ({ policy }: ActionFacts): readonly Action[] =>
  (policy?.pauseReasons ?? [])
    .filter(({ id }) => id !== quickPauseReason(policy))
    .map(({ id, text }) => ({
      id: `break-${id}`,
      group: 'agent',
      icon: Coffee,
      shortcut: null,
      label: ({ t, language }, { status }) =>
        t('actions.pair', {
          name: t(isBusy(status.state) ? 'agent.plan-break' : 'agent.take-break'),
          value: localWord(text, language),
        }),
      isAllowed: ({ status }) => status.state !== 'signed-out' && status.reason !== id,
      run: () => takeBreak(id),
    }));
