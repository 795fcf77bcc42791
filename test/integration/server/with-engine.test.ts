import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedTelephony } from '../../../src-server/telephony/embedded/embedded-telephony';
import { systemClock } from '../../../src-server/system-clock';
import type { JournalledCall } from '../../../src-shared/server-api/rest-routes';
import { demoKey, TestCentre } from './test-centre';

let centre: TestCentre;
let supervisor: string;
beforeEach(async () => {
  centre = await TestCentre.open({
    createTelephony: parts => new EmbeddedTelephony({ ...parts, domain: 'centre.local', clock: systemClock }),
  });
  supervisor = (await centre.signIn('2001')).accessToken;
});
afterEach(() => centre.close());

const headers = { 'x-demo-key': demoKey };
const customerCalls = async (givesUpAfterMs: number | null): Promise<string> => {
  const payload = { queueId: 'support', number: '+33199000000', voice: { kind: 'tone', hz: 440 }, givesUpAfterMs };
  return (await centre.ask('POST', '/api/demo/callers', { headers, payload })).json<{ callId: string }>().callId;
};
const journal = async (callId: string): Promise<JournalledCall> =>
  (await centre.ask('GET', `/api/calls/${callId}`, { token: supervisor })).json<JournalledCall>();

describe('the centre with its embedded engine', () => {
  it('writes down a customer who gave up waiting', async () => {
    const callId = await customerCalls(300);
    await expect.poll(async () => (await journal(callId)).endedAt, { timeout: 5000 }).toBeGreaterThan(0);
    const call = await journal(callId);
    expect(call).toMatchObject({
      endCause: 'caller-cancelled',
      queueName: 'Support',
      answeredAt: null,
      remoteNumber: '+33199000000',
    });
    // Between the two facts, and not as long as the customer's patience: a busy machine takes its part of that before the queue is joined.
    const at = (type: string): number => call.events.find(event => event.type === type)?.at ?? Number.NaN;
    expect(call.queueWaitMs).toBe(at('queue-left') - at('queue-joined'));
    expect(call.queueWaitMs).toBeGreaterThan(0);
    expect(call.events.map(event => event.type)).toEqual(
      expect.arrayContaining(['call-started', 'leg-started', 'queue-joined', 'queue-left', 'leg-ended', 'call-ended']),
    );
    expect(call.events.at(-1)?.type).toBe('call-ended');
    expect(call.legs.every(leg => leg.endedAt !== null)).toBe(true);
  });

  it('lets the customer hear music while waiting, and ends the call when told to', async () => {
    const callId = await customerCalls(null);
    const caller = () => centre.ask('GET', `/api/demo/callers/${callId}`, { headers });
    await expect
      .poll(async () => (await caller()).json<{ heardRms: number }>().heardRms, { timeout: 5000 })
      .toBeGreaterThan(0);
    await centre.ask('POST', `/api/demo/callers/${callId}/hang-up`, { headers, payload: {} });
    expect((await caller()).json()).toMatchObject({ state: 'ended' });
    await expect.poll(async () => (await journal(callId)).endCause).toBe('caller-cancelled');
  });

  it('closes every call in the journal when it stops', async () => {
    const callId = await customerCalls(null);
    await centre.app.close();
    const { folder } = centre;
    centre = await TestCentre.open({ folder });
    supervisor = (await centre.signIn('2001')).accessToken;
    const call = await journal(callId);
    expect(call.endedAt).not.toBeNull();
    expect(call.events.filter(event => event.type === 'call-ended')).toHaveLength(1);
    expect(call.events.at(-1)?.detail, 'ended by the engine, not found open later').not.toHaveProperty(
      'isAfterRestart',
    );
  });
});
