import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src-shared/call/call';
import { CallDesk, type NewCall } from '../../../../src-main/phone/call-desk';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

const inbound = (id: string): NewCall => ({
  id,
  device: 'app',
  direction: 'inbound',
  remote: { number: '+33145550101', name: null },
  queueName: 'Support',
  centralCallId: null,
  startedAt: 1,
});

function aDesk() {
  const clock = new FakeClock();
  const log = new QuietLogger();
  const desk = new CallDesk(clock, log);
  const heard: (readonly Call[])[] = [];
  desk.changes.hear(calls => heard.push(calls));
  return { clock, log, desk, heard };
}

describe('call desk', () => {
  it('begins an incoming call as ringing and an outgoing one as dialing', () => {
    const { desk, heard } = aDesk();
    desk.begin(inbound('a'));
    desk.begin({ ...inbound('b'), direction: 'outbound' });
    expect(desk.all().map(({ id, state }) => [id, state])).toEqual([
      ['a', 'ringing'],
      ['b', 'dialing'],
    ]);
    expect(heard).toHaveLength(2);
  });

  it('says nothing when a fact is late or doubled, and writes it down', () => {
    const { desk, heard, log } = aDesk();
    desk.begin(inbound('a'));
    expect(desk.apply('a', { type: 'resumed', by: 'agent' }, 2)).toBe(false);
    expect(desk.apply('nobody', { type: 'media-confirmed' }, 2)).toBe(false);
    expect(heard).toHaveLength(1);
    expect(log.lines.filter(line => line.startsWith('debug'))).toHaveLength(2);
  });

  it('never lets a full phone number into the log', () => {
    const { desk, log } = aDesk();
    desk.begin(inbound('a'));
    expect(log.lines.join('\n')).toContain('…101');
    expect(log.lines.join('\n')).not.toContain('+33145550101');
  });

  it('keeps the last ended call until the next one, or until the person dismisses it', () => {
    const { desk, clock } = aDesk();
    desk.begin(inbound('a'));
    desk.apply('a', { type: 'ended', cause: 'caller-cancelled', sipCode: null }, 5);
    clock.pass(60_000);
    expect(desk.find('a')?.endCause).toBe('caller-cancelled');
    desk.begin(inbound('b'));
    expect(desk.all().map(({ id }) => id)).toEqual(['b']);
    desk.apply('b', { type: 'ended', cause: 'completed', sipCode: null }, 6);
    desk.dismiss('b');
    expect(desk.all()).toEqual([]);
  });

  it('takes an ended call away after five seconds while another one goes on', () => {
    const { desk, clock } = aDesk();
    desk.begin(inbound('a'));
    desk.begin(inbound('b'));
    desk.apply('b', { type: 'ended', cause: 'answered-elsewhere', sipCode: null }, 5);
    expect(desk.all().map(({ id }) => id)).toEqual(['a', 'b']);
    clock.pass(5_000);
    expect(desk.all().map(({ id }) => id)).toEqual(['a']);
  });

  it('refuses to dismiss a call that goes on', () => {
    const { desk } = aDesk();
    desk.begin(inbound('a'));
    expect(() => desk.dismiss('a')).toThrow(expect.objectContaining({ code: 'call/not-allowed' }));
  });

  it('ends every live call once when the engine is lost', () => {
    const { desk } = aDesk();
    const ended: string[] = [];
    desk.endings.hear(call => ended.push(`${call.id} ${call.endCause}`));
    desk.begin(inbound('a'));
    desk.begin(inbound('b'));
    desk.engineLost();
    desk.engineLost();
    expect(ended).toEqual(['a engine-lost', 'b engine-lost']);
    expect(desk.live()).toEqual([]);
  });

  it('announces a detail only when it really changed', () => {
    const { desk, heard } = aDesk();
    desk.begin(inbound('a'));
    desk.note('a', { isMuted: true });
    desk.note('a', { isMuted: true });
    desk.note('gone', { isMuted: true });
    expect(heard).toHaveLength(2);
    expect(desk.find('a')?.isMuted).toBe(true);
  });

  it('gives a name found later, but never replaces one the caller brought', () => {
    const { desk } = aDesk();
    desk.begin(inbound('a'));
    desk.nameRemote('a', 'Camille Roux');
    desk.nameRemote('a', 'Somebody Else');
    expect(desk.find('a')?.remote.name).toBe('Camille Roux');
  });
});
