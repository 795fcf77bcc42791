import { expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre } from './test-centre';

/** Timers and sockets that keep a process alive. */
const openThings = (): string[] => process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP|UDP|WRAP/i.test(name) && !/Pipe/.test(name));

test('a stopped engine leaves no timer, no socket and no open file', async () => {
  const before = openThings().length;
  const centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller({ hangsUpAfterMs: 600_000, whenHeld: { hangsUpAfterMs: 600_000 } });
  centre.caller({ givesUpAfterMs: 600_000 });
  const call = await phone.incoming();
  await call.answer();
  await until('talking', () => caller.heard.rms() > 1000);
  const colleague = await centre.phone('1003');
  const out = await phone.dial('1003');
  await colleague.incoming();
  await phone.dial('0612000408');
  await centre.engine.stop();
  await centre.engine.stop();
  expect(centre.unbalanced()).toEqual([]);
  expect(centre.of('call-ended').every(({ cause }) => cause === 'failed')).toBe(true);
  expect(out.state).not.toBe('confirmed');
  await centre.close();
  await until(`nothing left of ${openThings().join()}`, () => openThings().length <= before);
});
