import { CircleCheck, Coffee, CirclePause } from 'lucide-react';
import { breakReasons, isBusy } from '../agent-status/break-reasons';
import { askAndTell } from '../bridge/ask-and-tell';
import type { ActionFacts } from './action-facts';
import type { Action } from './actions';

const isPaused = ({ status }: ActionFacts): boolean => status.state === 'on-break';
const become = (): void => void askAndTell('agent.become-available', {});
const takeBreak = (reason: string): void => void askAndTell('agent.take-break', { reason });

/** One's own state. */
export const agentActions: readonly Action[] = [
  {
    id: 'pause',
    group: 'agent',
    icon: CirclePause,
    shortcut: 'pause',
    label: ({ t }, facts) => t(isPaused(facts) ? 'dashboard.become-available' : 'actions.pause'),
    isAllowed: ({ status }) => status.state !== 'signed-out',
    run: facts => (isPaused(facts) ? become() : takeBreak('other')),
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
  ...breakReasons
    .filter(reason => reason !== 'other')
    .map((reason): Action => ({
      id: `break-${reason}`,
      group: 'agent',
      icon: Coffee,
      shortcut: null,
      label: ({ t }, { status }) =>
        t('actions.pair', {
          name: t(isBusy(status.state) ? 'agent.plan-break' : 'agent.take-break'),
          value: t(`agent.reason-${reason}`),
        }),
      isAllowed: ({ status }) => status.state !== 'signed-out' && status.reason !== reason,
      run: () => takeBreak(reason),
    })),
];
