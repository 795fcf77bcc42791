import { expect, test } from 'vitest';
import { type ChoiceFacts, destinationChoices } from '../../../src-renderer/phone/transfer/destination-choices';
import type { Destination } from '../../../src-shared/destinations/destination';
import { aPolicy } from '../../builders/a-policy';

const aDestination = (number: string, name: string, part: Partial<Destination> = {}): Destination => ({
  number,
  name,
  group: 'others',
  state: 'free',
  waiting: null,
  ...part,
});
const destinations = [
  aDestination('1001', 'Alice Martin', { group: 'colleagues' }),
  aDestination('1002', 'Bruno Petit', { group: 'colleagues' }),
  aDestination('2001', 'Nora Haddad', { group: 'supervisors', state: 'on-call' }),
  aDestination('2002', 'Olaf Lind', { group: 'supervisors' }),
  aDestination('8002', 'Sales', { group: 'queues', waiting: 3 }),
];
const numbers = (part: Partial<ChoiceFacts>): string[] =>
  destinationChoices({
    query: '',
    destinations,
    favourites: [],
    own: { extension: '1001', role: 'agent' },
    policy: aPolicy(),
    isConsult: false,
    ...part,
  }).map(({ number }) => number);

test('free supervisors first, then the others; never oneself', () => {
  expect(numbers({})).toEqual(['2002', '2001', '1002', '8002']);
});
test('favourites before all', () => expect(numbers({ favourites: ['1002'] })[0]).toBe('1002'));
test('a queue is not asked anything', () => expect(numbers({ isConsult: true })).not.toContain('8002'));
test.each([
  ['nor', ['2001']],
  ['200', ['2002', '2001', '200']],
  ['bruno', ['1002']],
  ['+33 1 45 55 01 01', ['+33145550101']],
  ['call me', []],
  ['1001', []],
])('what is typed: %s', (query, expected) => expect(numbers({ query })).toEqual(expected));
test('a number outside only by permission', () => {
  const policy = aPolicy({ transfer: { outsideRoles: ['supervisor'] } });
  expect(numbers({ query: '0145550101', policy })).toEqual([]);
  expect(numbers({ query: '0145550101', policy, own: { extension: '2001', role: 'supervisor' } })).toEqual([
    '0145550101',
  ]);
});
