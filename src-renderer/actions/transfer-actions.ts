import { ArrowLeftRight, Forward, Headphones, UserCheck, Users } from 'lucide-react';
import type { Call } from '../../src-shared/call/call';
import { allowedActions, type CallAction } from '../../src-shared/call/call-permissions';
import { selectDockCalls } from '../../src-shared/call/select-calls';
import { allowedPairActions, pairOf, type PairAction } from '../../src-shared/interaction/pair-permissions';
import { askAndTell } from '../bridge/ask-and-tell';
import { openSheet } from '../stores/view-store';
import type { ActionFacts } from './action-facts';
import type { Action } from './actions';

/** The call that an order means which names none: the one that has the panel. A second live call stands in the way of a third. */
export const sendableCall = (
  calls: readonly Call[],
  action: Extract<CallAction, 'consult' | 'transfer'>,
): Call | null => {
  const { main, other } = selectDockCalls(calls);
  return main !== null && other === null && allowedActions(main).has(action) ? main : null;
};

const mayWithBoth = ({ calls, interactions }: ActionFacts, action: PairAction): boolean => {
  const pair = pairOf(calls, interactions);
  return pair !== null && allowedPairActions(pair).has(action);
};

/** Two calls, and where a call goes from here. */
export const transferActions: readonly Action[] = [
  {
    id: 'consult',
    group: 'phone',
    icon: Headphones,
    shortcut: 'consult',
    label: ({ t }) => t('help.consult'),
    isAllowed: ({ calls }) => sendableCall(calls, 'consult') !== null,
    run: () => openSheet('consult'),
  },
  {
    id: 'transfer',
    group: 'phone',
    icon: Forward,
    shortcut: 'transfer',
    label: ({ t }) => t('help.transfer'),
    isAllowed: ({ calls }) => sendableCall(calls, 'transfer') !== null,
    run: () => openSheet('transfer'),
  },
  {
    id: 'complete',
    group: 'phone',
    icon: UserCheck,
    shortcut: 'complete',
    label: ({ t }) => t('help.complete'),
    isAllowed: facts => mayWithBoth(facts, 'complete'),
    run: ({ calls, interactions }) => {
      const pair = pairOf(calls, interactions);
      if (pair !== null) void askAndTell('consult.complete', { callId: pair.first.id });
    },
  },
  {
    id: 'swap',
    group: 'phone',
    icon: ArrowLeftRight,
    shortcut: 'swap',
    label: ({ t }) => t('help.swap'),
    isAllowed: facts => mayWithBoth(facts, 'swap'),
    run: () => void askAndTell('calls.swap', {}),
  },
  {
    id: 'merge',
    group: 'phone',
    icon: Users,
    shortcut: 'merge',
    label: ({ t }) => t('help.merge'),
    isAllowed: facts => mayWithBoth(facts, 'merge'),
    run: () => void askAndTell('calls.merge', {}),
  },
];
