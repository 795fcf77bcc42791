import { describe, expect, it } from 'vitest';
import type { CommandEnvelope } from '../../../../src-shared/ipc/engine-commands';
import { EngineLink } from '../../../../src-main/ipc/engine-link';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

function aLink() {
  const clock = new FakeClock();
  const log = new QuietLogger();
  const sent: CommandEnvelope[] = [];
  const link = new EngineLink(envelope => sent.push(envelope), clock, log);
  return { clock, log, sent, link };
}

describe('engine link', () => {
  it('gives no order before the engine is ready', async () => {
    const { link, sent } = aLink();
    await expect(link.order({ type: 'heartbeat' })).rejects.toMatchObject({ code: 'engine/not-running' });
    expect(sent).toEqual([]);
  });

  it('settles each order by the report with its id, in whatever order they come', async () => {
    const { link, sent } = aLink();
    link.receive({ type: 'ready' });
    const first = link.order({ type: 'call.hold', callId: 'a' });
    const second = link.order({ type: 'call.hang-up', callId: 'b' });
    link.receive({ type: 'failed', commandId: sent[1]?.id, code: 'call/unknown', message: 'gone' });
    link.receive({ type: 'done', commandId: sent[0]?.id });
    await expect(first).resolves.toBeUndefined();
    await expect(second).rejects.toMatchObject({ code: 'call/unknown' });
  });

  it('gives up on an order after twelve seconds, and ignores its late report', async () => {
    const { link, sent, clock } = aLink();
    link.receive({ type: 'ready' });
    const order = link.order({ type: 'call.hold', callId: 'a' });
    clock.pass(11_999);
    clock.pass(1);
    await expect(order).rejects.toMatchObject({ code: 'engine/timed-out' });
    expect(() => link.receive({ type: 'done', commandId: sent[0]?.id })).not.toThrow();
  });

  it('tells everybody who waits when the engine is gone, and cancels their alarms', async () => {
    const { link, clock } = aLink();
    link.receive({ type: 'ready' });
    const order = link.order({ type: 'call.hold', callId: 'a' });
    link.engineGone();
    await expect(order).rejects.toMatchObject({ code: 'engine/not-running' });
    clock.pass(60_000);
    await expect(link.order({ type: 'heartbeat' })).rejects.toMatchObject({ code: 'engine/not-running' });
  });

  it.each([
    null,
    'text',
    {},
    { type: 'unknown' },
    { type: 'mute', callId: 1, isMuted: true },
    { type: 'call', callId: 'a', at: 1, event: { type: 'teleported' } },
  ])('drops %j and writes that down', raw => {
    const { link, log } = aLink();
    const heard: unknown[] = [];
    link.reports.hear(report => heard.push(report));
    link.receive(raw);
    expect(heard).toEqual([]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain('dropped');
  });

  it('passes on what is a report', () => {
    const { link } = aLink();
    const heard: string[] = [];
    link.reports.hear(({ type }) => heard.push(type));
    link.receive({ type: 'ready' });
    link.receive({ type: 'mute', callId: 'a', isMuted: true });
    expect(heard).toEqual(['ready', 'mute']);
    expect(link.isReady).toBe(true);
  });
});
