import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre } from './test-centre';

const open = (kind: RegExp): number => process.getActiveResourcesInfo().filter(name => kind.test(name)).length;
/** Sockets of ours and timers; one timer is the waiting of `until` itself. */
const leftovers = (): { sockets: number; timers: number } => ({
  sockets: open(/TCP|UDP/),
  timers: open(/^(Timeout|Immediate)$/),
});

/** Files of this folder that this process holds open (Linux). */
const openFiles = (folder: string): string[] =>
  readdirSync('/proc/self/fd').filter(descriptor => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(folder);
    } catch {
      return false; // closed while we looked
    }
  });

test('a stopped engine leaves no timer, no socket and no open file', async () => {
  const before = leftovers();
  const centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller({ hangsUpAfterMs: 600_000, whenHeld: { hangsUpAfterMs: 600_000 } });
  centre.caller({ givesUpAfterMs: 600_000 });
  const call = await phone.incoming();
  await call.answer();
  await until('talking', () => caller.heard.rms() > 1000);
  expect(openFiles(centre.recordingsFolder), 'the sound and its shape').toHaveLength(2);
  const colleague = await centre.phone('1003');
  await phone.dial('1003');
  await colleague.incoming();
  await phone.dial('0612000408'); // the engine is stopped while it answers this one
  await centre.engine.stop();
  await centre.engine.stop();
  expect(openFiles(centre.recordingsFolder)).toEqual([]);
  expect(centre.unbalanced()).toEqual([]);
  expect(centre.of('call-ended').length).toBeGreaterThanOrEqual(3);
  expect(centre.of('call-ended').every(({ cause }) => cause === 'failed')).toBe(true);
  await centre.close();
  await until('all sockets closed', () => leftovers().sockets <= before.sockets);
  await until('all timers gone', () => leftovers().timers <= before.timers + 1);
});
