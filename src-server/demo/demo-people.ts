import type { Account, Person } from '../database/person-table';
import type { Queue } from '../database/queue-table';

export const demoAccount: Account = {
  id: 'demo',
  company: 'Horizon Énergie',
  accountNumber: 'AC-204518',
  billingNumber: 'BL-77310',
};

type Named = readonly [extension: string, displayName: string];
const agents: readonly Named[] = [
  ['1001', 'Alice Martin'],
  ['1002', 'Bruno Lefèvre'],
  ['1003', 'Chloé Dubois'],
  ['1004', 'Daniel Carter'],
  ['1005', 'Emma Walker'],
  ['1006', 'Farid Benali'],
  ['1007', 'Grace Thompson'],
  ['1008', 'Hugo Moreau'],
  ['1009', 'Inès Garnier'],
  ['1010', 'Jack Murphy'],
  ['1011', 'Karine Simon'],
  ['1012', 'Liam O’Brien'],
];
const supervisors: readonly Named[] = [
  ['2001', 'Marie Laurent'],
  ['2002', 'Nathan Brooks'],
  ['2003', 'Olivia Petit'],
];
const administrators: readonly Named[] = [['3001', 'Paul Richard']];

/** The one agent whose calls the administrator does not record (S192). */
const unrecordedExtension = '1012';

const identifierOf = (displayName: string): string =>
  displayName
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.');

const personOf =
  (role: Person['role']) =>
  ([extension, displayName]: Named): Person => ({
    id: `person-${extension}`,
    accountId: demoAccount.id,
    identifier: identifierOf(displayName),
    email: `${identifierOf(displayName)}@horizon-energie.example`,
    extension,
    displayName,
    role,
    deskPhone: null,
    isRecorded: role === 'agent' && extension !== unrecordedExtension,
  });

export const demoPeople: readonly Person[] = [
  ...agents.map(personOf('agent')),
  ...supervisors.map(personOf('supervisor')),
  ...administrators.map(personOf('administrator')),
];

/** Documented: a demonstration has no secrets. */
export const demoPasswordOf = (extension: string): string => `demo-${extension}`;

const members = (...extensions: readonly number[]): string[] => extensions.map(extension => `person-${extension}`);
const waits = { ringTimeoutMs: 15_000, wrapUpMs: 3_000 };
export const demoQueues: readonly Queue[] = [
  { id: 'support', name: 'Support', number: '8001', ...waits, memberIds: members(1001, 1002, 1003, 1004, 1005, 1006) },
  { id: 'sales', name: 'Sales', number: '8002', ...waits, memberIds: members(1005, 1006, 1007, 1008, 1009, 1010) },
  {
    id: 'billing',
    name: 'Facturation',
    number: '8003',
    ...waits,
    memberIds: members(1001, 1002, 1009, 1010, 1011, 1012),
  },
];
