import { expect, test } from 'vitest';
import { AmiFailure } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import { AwaitedFacts } from '../../../../../src-server/telephony/asterisk/ami/awaited-facts';
import { FakeClock } from '../../../../fakes/fake-clock';

const withinMs = 3000;
const given = async (): Promise<void> => undefined;

function aWait() {
  const clock = new FakeClock();
  return { clock, facts: new AwaitedFacts(clock) };
}

test('an order is carried out when all of it was heard since', async () => {
  const { facts } = aWait();
  facts.heard('a');
  let isDone = false;
  const done = facts.after(given, ['a', 'b'], withinMs).then(() => (isDone = true));
  facts.heard('b');
  await new Promise(setImmediate);
  expect(isDone).toBe(false);
  facts.heard('a');
  await done;
});

test('what is heard before the order is answered counts', async () => {
  const { facts } = aWait();
  const done = facts.after(async () => facts.heard('a'), ['a'], withinMs);
  await expect(done).resolves.toBeUndefined();
});

test('an order that was answered and of which nothing is heard has failed', async () => {
  const { clock, facts } = aWait();
  const failure = facts.after(given, ['a', 'b'], withinMs).catch((error: unknown) => error);
  facts.heard('a');
  clock.pass(withinMs);
  expect(await failure).toBeInstanceOf(AmiFailure);
});

test('a refused order fails with its own reason, at once', async () => {
  const { facts } = aWait();
  const refuse = async (): Promise<void> => {
    throw new AmiFailure('No such channel');
  };
  await expect(facts.after(refuse, ['a'], withinMs)).rejects.toThrow('No such channel');
});
