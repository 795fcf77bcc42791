import type { AgentPolicy } from '../../src-shared/policy/agent-policy';

/** A policy with a timed break, a free one and one that nobody has translated. */
export const aPolicy = (part: Partial<AgentPolicy> = {}): AgentPolicy => ({
  pauseReasons: [
    { id: 'coffee', text: { en: 'Coffee', fr: 'Café' }, minutes: 10 },
    { id: 'lunch', text: { en: 'Lunch', fr: 'Déjeuner' }, minutes: 45 },
    { id: 'inventory', text: { en: 'Inventory' }, minutes: null },
    { id: 'other', text: { en: 'Other', fr: 'Autre' }, minutes: null },
  ],
  queues: [],
  session: { idleSignOutMs: 600_000, warnBeforeMs: 60_000 },
  line: { graceMs: 10_000 },
  transfer: { outsideRoles: ['agent', 'supervisor', 'administrator'] },
  secondCall: 'rings',
  numbers: 'full',
  reorder: { roles: ['supervisor'], longestPushedBackMs: 600_000 },
  recordings: { keepDays: 60, fileName: '{date} {time} {number} {agent}' },
  quality: {
    criteria: [
      { id: 'greeting', text: { en: 'Greeting', fr: 'Accueil' }, points: 10 },
      { id: 'solution', text: { en: 'Solution', fr: 'Solution' }, points: 30 },
    ],
  },
  ...part,
});
