import { expect, test } from 'vitest';
import type { Person } from '../../../../src-server/database/person-table';
import { engineDirectory } from '../../../../src-server/wrap-up/engine-directory';
import { aPolicy } from '../../../builders/a-policy';

const people: readonly Pick<Person, 'extension' | 'role' | 'deskPhone'>[] = [
  { extension: '1001', role: 'agent', deskPhone: null },
  { extension: '1005', role: 'agent', deskPhone: { sha256: 'a', md5: 'b' } },
];

/** The directory as an engine sees it under this policy. */
const seenUnder = (policy: Parameters<typeof aPolicy>[0]): ReturnType<typeof engineDirectory> =>
  engineDirectory(
    {
      extensions: () => [],
      queues: () => [],
      personAt: extension => people.find(person => person.extension === extension) as Person | undefined,
    },
    () => aPolicy(policy),
  );

test('a desk phone takes a second call unless the policy forbids it; an app decides by itself', () => {
  const free = seenUnder({ secondCall: 'rings' });
  const forbidden = seenUnder({ secondCall: 'busy' });
  const takes = (directory: typeof free): unknown[] => ['1001', '1005'].map(each => directory.takesSecondCalls?.(each));
  expect(takes(free)).toEqual([true, true]);
  expect(takes(forbidden)).toEqual([true, false]);
});

test('who may send calls outside is a matter of the role, and nobody’s extension may not', () => {
  const directory = seenUnder({ transfer: { outsideRoles: ['supervisor'] } });
  expect(directory.maySendOutside?.('1001')).toBe(false);
  expect(seenUnder({}).maySendOutside?.('1001')).toBe(true);
  expect(seenUnder({}).maySendOutside?.('9999')).toBe(false);
});
