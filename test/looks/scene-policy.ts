import { aPolicy } from '../builders/a-policy';

const dispositions = [
  ['solved', 'Solved', 'Résolu'],
  ['callback', 'Callback agreed', 'Rappel convenu'],
  ['complaint', 'Complaint', 'Réclamation'],
  ['wrong-number', 'Wrong number', 'Mauvais numéro'],
  ['sale', 'Sale', 'Vente'],
  ['booking-changed', 'Booking changed', 'Réservation modifiée'],
].map(([id = '', en = '', fr = '']) => ({ id, text: { en, fr } }));
const wrapUpRule = { mode: 'extendable' as const, seconds: 60, extensionSeconds: 30, extensions: 3 };
/** What the administrator of the looks has decided. */
export const policy = aPolicy({
  queues: ['q1', 'q2'].map(queueId => ({ queueId, wrapUp: wrapUpRule, dispositions })),
  reorder: { roles: ['agent', 'supervisor'], longestPushedBackMs: 600_000 },
});
