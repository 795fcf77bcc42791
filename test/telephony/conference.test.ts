import { afterEach, expect, test } from 'vitest';
import type { PhoneCall } from './phone-call';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

const tones = [440, 600, 700, 1300] as const;

/** The agent 1001 (600 Hz) and a customer (440) with so many people from outside (700 each, 1300 for colleagues). */
async function roomOf(outsiders: number): Promise<{ agent: PhoneCall; callId: string; add: () => Promise<void> }> {
  centre = await TestCentre.open([aQueue({ memberExtensions: ['1001'] })], { timing: { subscriberRingMs: 10 } });
  const phone = await centre.phone('1001', { hz: 600 });
  const { callId } = centre.caller();
  const agent = await phone.incoming();
  await agent.answer();
  await until('talks', () => agent.media.heard.level(440) > 4000);
  const add = async (): Promise<void> => {
    const count = centre.of('call-started').length;
    const out = await phone.dial('0612000700');
    await until('answer', () => out.state === 'confirmed');
    const consult = await until('call', () => centre.of('call-started')[count]);
    await until('both answered', () => centre.of('leg-answered', leg => leg.callId === consult.callId).length === 2);
    await centre.engine.mergeCalls(callId, consult.callId);
  };
  for (let count = 0; count < outsiders; count++) await add();
  return { agent, callId, add };
}

test('six in one room, loud together without wrapping round; a seventh is refused and keeps its own call', async () => {
  const { agent, callId, add } = await roomOf(4);
  expect(centre.of('conference-started')).toHaveLength(1);
  await until('all are heard', () => agent.media.heard.level(440) > 4000 && agent.media.heard.level(700) > 12_000);
  await expect(add()).rejects.toMatchObject({ code: 'conference/full' });
  expect(centre.of('call-ended', ({ cause }) => cause === 'transferred')).toHaveLength(4);
  const second = agent.phone.calls.at(-1);
  await until('the seventh is still there', () => (second?.media.heard.level(700) ?? 0) > 4000);
  agent.hangUp();
  await until('left', () => centre.of('leg-ended', leg => leg.callId === callId).length === 1);
  expect(centre.of('conference-ended')).toEqual([]);
});

test('two conferences become one', async () => {
  const { agent, callId } = await roomOf(1);
  const { phone } = agent;
  const colleague = await centre.phone('1003', { hz: 1300 });
  const out = await phone.dial('1003');
  const call = await colleague.incoming();
  await call.answer();
  await until('talk', () => out.media.heard.level(1300) > 4000);
  const { callId: second } = await until('call', () => centre.of('call-started').at(-1));
  const outside = await colleague.dial('0612000700');
  await until('answer', () => outside.state === 'confirmed');
  const { callId: third } = await until('call', () => centre.of('call-started').at(-1));
  await centre.engine.mergeCalls(second, third);
  await centre.engine.mergeCalls(callId, second);
  await until('all hear all', () => tones.every(hz => hz === 600 || agent.media.heard.level(hz) > 3000));
  await until('the colleague too', () => tones.every(hz => hz === 1300 || call.media.heard.level(hz) > 3000));
  expect(centre.of('conference-ended').map(each => each.callId)).toEqual([second]);
});

test('calls without an agent in common, and a call with itself, are not merged', async () => {
  const { callId } = await roomOf(0);
  const other = await centre.phone('1003');
  const foreign = await other.dial('0612000700');
  await until('answer', () => foreign.state === 'confirmed');
  const { callId: second } = await until('call', () => centre.of('call-started').at(-1));
  for (const id of [second, callId])
    await expect(centre.engine.mergeCalls(callId, id)).rejects.toMatchObject({ code: 'call/not-allowed' });
});

test('REFER out of a conference is refused: it has no one other party', async () => {
  const { agent } = await roomOf(1);
  expect((await agent.refer('1002')).status).toBe(403);
  expect(agent.state).toBe('confirmed');
});

test('who holds hears nobody and is heard by nobody; the others go on without music', async () => {
  const { agent, callId } = await roomOf(1);
  await agent.reinvite('sendonly');
  expect(await centre.event('leg-held', leg => leg.callId === callId)).toBeDefined();
  await agent.reinvite('sendrecv');
  await until('hears both', () => agent.media.heard.level(440) > 3000 && agent.media.heard.level(700) > 3000);
});
