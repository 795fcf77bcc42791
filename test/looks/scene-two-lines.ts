import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import type { Call } from '../../src-shared/call/call';
import type { Destination } from '../../src-shared/destinations/destination';
import type { WindowView } from '../../src-shared/ipc/agent-notices';
import type { Parts } from './scenes';
import type { Interaction } from '../../src-shared/interaction/interaction-state';

/** A colleague who is asked about the customer of the call `c1`, in the call `c9`. */
const asking: Interaction = {
  id: 'i1',
  state: 'consulting',
  customerCallId: 'c1',
  consult: { callId: 'c9', number: '2001', reason: '', completesWhenAnswered: false },
  beforeTransfer: null,
};

const aPlace = { isMuted: false, isOnHold: false, isSpeaking: false };
/** Who else is in a conference. */
const room: Call['parties'] = [
  { ...aPlace, legId: 'l1', number: '+15145550142', name: 'Étienne Beaulieu', isOutside: true, isSpeaking: true },
  { ...aPlace, legId: 'l2', number: '2001', name: 'Nadia Fournier', isOutside: false, isMuted: true },
];
/** Where calls can be sent. */
export const destinations: Destination[] = [
  { number: '2001', name: 'Nadia Fournier', group: 'supervisors', state: 'free', waiting: null },
  {
    number: '2002',
    name: 'Konstantinos Papadopoulos-Vandenberghe de la Rivière',
    group: 'supervisors',
    state: 'on-call',
    waiting: null,
  },
  { number: '1002', name: 'Aïcha Benali', group: 'colleagues', state: 'wrap-up', waiting: null },
  { number: '1007', name: 'Priya Raman', group: 'others', state: 'paused', waiting: null },
  { number: '8002', name: 'Réservations', group: 'queues', state: 'on-call', waiting: 7 },
];

interface Surroundings<S> {
  readonly scene: (parts: Parts) => S;
  readonly talking: Call;
  readonly aRingingCall: (part: Partial<Call>) => Call;
  readonly onCall: AgentStatus;
  readonly compact: WindowView;
}

/** Two calls at one phone, and a room of three. */
export function twoLineScenes<S>({ scene, talking, aRingingCall, onCall, compact }: Surroundings<S>) {
  const now = Date.now();
  const { quality } = talking;
  const heldCustomer: Call = { ...talking, state: 'held', heldBy: ['agent'] };
  const askedColleague = (part: Partial<Call>): Call =>
    aRingingCall({
      id: 'c9',
      direction: 'outbound',
      remote: { number: '2001', name: 'Nadia Fournier' },
      queueName: null,
      startedAt: now - 2000,
      ...part,
    });
  return {
    consulting: scene({
      calls: [heldCustomer, askedColleague({ state: 'ringing' })],
      interactions: [asking],
      status: onCall,
    }),
    'consult-answered': scene({
      calls: [heldCustomer, askedColleague({ state: 'active', answeredAt: now - 9000, quality })],
      interactions: [asking],
      status: onCall,
    }),
    conference: scene({ calls: [{ ...talking, parties: room, isSpeaking: true }], status: onCall }),
    'transfer-returned': scene({
      calls: [aRingingCall({ returnedTransfer: { outcome: 'not-found', to: '+33142685300' } })],
      status: { ...signedOutStatus(now - 4000), state: 'reserved' },
    }),
    'compact-consult': scene({
      window: compact,
      calls: [heldCustomer, askedColleague({ state: 'active', answeredAt: now - 9000, quality })],
      interactions: [asking],
      status: onCall,
    }),
    'two-calls': scene({
      calls: [
        talking,
        aRingingCall({
          id: 'c2',
          state: 'held',
          heldBy: ['agent'],
          remote: { number: '+14165550177', name: 'Priya Raman' },
        }),
      ],
      status: onCall,
    }),
  };
}
