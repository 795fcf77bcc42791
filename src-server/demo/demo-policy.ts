import type { AgentPolicy, Disposition } from '../../src-shared/policy/agent-policy';

const disposition = (id: string, en: string, fr: string): Disposition => ({ id, text: { en, fr } });

const everyQueue = [
  disposition('call-again', 'To be called again', 'À rappeler'),
  disposition('wrong-number', 'Wrong number', 'Faux numéro'),
];
const support = [
  disposition('solved', 'Solved', 'Résolu'),
  disposition('outage', 'Power outage reported', 'Panne signalée'),
  disposition('technician', 'Technician booked', 'Technicien réservé'),
  disposition('second-level', 'Passed to second level', 'Transmis au niveau 2'),
];
const sales = [
  disposition('contract-signed', 'Contract signed', 'Contrat signé'),
  disposition('offer-sent', 'Offer sent', 'Offre envoyée'),
  disposition('not-interested', 'Not interested', 'Pas intéressé'),
];
const billing = [
  disposition('invoice-explained', 'Invoice explained', 'Facture expliquée'),
  disposition('payment-plan', 'Payment plan agreed', 'Échéancier convenu'),
  disposition('refund', 'Refund started', 'Remboursement lancé'),
];

/** Each of the three ways to wrap up is seen in one queue. */
export const demoQueuePolicies: AgentPolicy['queues'] = [
  {
    queueId: 'support',
    wrapUp: { mode: 'extendable', seconds: 60, extensionSeconds: 30, extensions: 2 },
    dispositions: [...support, ...everyQueue],
  },
  {
    queueId: 'sales',
    wrapUp: { mode: 'automatic', seconds: 30, extensionSeconds: 30, extensions: 0 },
    dispositions: [...sales, ...everyQueue],
  },
  {
    queueId: 'billing',
    wrapUp: { mode: 'none', seconds: 30, extensionSeconds: 30, extensions: 0 },
    dispositions: [...billing, ...everyQueue],
  },
];
