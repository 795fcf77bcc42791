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

export const serverInfo = {
  product: 'agent-softphone-server' as const,
  version: '0.1.0',
  name: 'Northwind contact centre',
  support: { email: 'help@northwind.example', phone: '+1 514 555 0100' },
  canResetPassword: true,
};
export const fingerprint = Array.from({ length: 32 }, (_, index) =>
  ((index * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
).join(':');
