import { AudioLines, Grid3x3, Hash, Mic, Pause, Phone, PhoneOff } from 'lucide-react';
import { meantCall, type MeantCall, type SpokenOrder } from '../../src-shared/call/meant-call';
import { selectDockCalls } from '../../src-shared/call/select-calls';
import { askAndTell } from '../bridge/ask-and-tell';
import { callOrders } from '../phone/use-call-actions';
import { setKeypadOpen, useViewStore } from '../stores/view-store';
import type { ActionFacts } from './action-facts';
import type { Action } from './actions';

/** An order that names no call, for the call it means now. */
const spoken = (order: SpokenOrder, icon: Action['icon'], label: Action['label']): Action => ({
  id: order,
  group: 'phone',
  icon,
  shortcut: order,
  label,
  isAllowed: ({ calls }) => meantCall(calls, order) !== null,
  run: ({ calls }) => obey(meantCall(calls, order)),
});

function obey(meant: MeantCall | null): void {
  if (meant === null) return;
  const orders = callOrders(meant.call);
  switch (meant.action) {
    case 'answer':
      return orders.answer();
    case 'decline':
      return orders.decline();
    case 'hang-up':
      return orders.hangUp();
    case 'mute':
      return orders.toggleMute();
    case 'hold':
    case 'resume':
      return orders.toggleHold();
  }
}

const isMuted = (facts: ActionFacts): boolean => meantCall(facts.calls, 'mute')?.call.isMuted === true;
/** A third call, or one without a line, would be refused. */
export const mayDial = ({ calls, line }: ActionFacts): boolean =>
  line === 'registered' && calls.filter(call => call.state !== 'ended').length < 2;

/** What can be done with calls. */
export const phoneActions: readonly Action[] = [
  spoken('answer', Phone, ({ t }) => t('phone.answer')),
  spoken('hang-up', PhoneOff, ({ t }, facts) =>
    t(meantCall(facts.calls, 'hang-up')?.action === 'decline' ? 'phone.decline' : 'phone.hang-up'),
  ),
  spoken('mute', Mic, ({ t }, facts) => t(isMuted(facts) ? 'actions.unmute' : 'actions.mute')),
  spoken('hold', Pause, ({ t }, facts) =>
    t(meantCall(facts.calls, 'hold')?.action === 'resume' ? 'phone.resume' : 'phone.hold'),
  ),
  {
    id: 'keypad',
    group: 'phone',
    icon: Grid3x3,
    shortcut: null,
    label: ({ t }) => t('phone.keypad'),
    isAllowed: ({ calls }) => {
      const { main } = selectDockCalls(calls);
      return main !== null && callOrders(main).may.has('dtmf');
    },
    run: () => setKeypadOpen(!useViewStore.getState().isKeypadOpen),
  },
  {
    id: 'dial',
    group: 'phone',
    icon: Hash,
    shortcut: 'dial',
    label: ({ t }) => t('help.dial'),
    isAllowed: () => true,
    run: () => document.querySelector<HTMLInputElement>('[data-dial-field]')?.focus(),
  },
  {
    id: 'test-call',
    group: 'phone',
    icon: AudioLines,
    shortcut: null,
    label: ({ t }) => t('settings.test-call-start'),
    isAllowed: mayDial,
    run: () => void askAndTell('call.dial-echo', {}),
  },
];
