import { describe, expect, it } from 'vitest';
import { CallDesk } from '../../../../../src-main/phone/call-desk';
import { followDeskCalls } from '../../../../../src-main/phone/line/follow-desk-calls';
import { allowedActions } from '../../../../../src-shared/call/call-permissions';
import type { DeskCall } from '../../../../../src-shared/server-api/live-messages';
import { FakeClock } from '../../../../fakes/fake-clock';
import { QuietLogger } from '../../../../fakes/quiet-logger';

const ringing: DeskCall = {
  legId: 'leg-1',
  callId: 'central-1',
  direction: 'inbound',
  state: 'ringing',
  remote: { number: '+33145550101', name: null },
  queueName: 'Support',
  returnedTransfer: null,
  transferredBy: null,
  startedAt: 1000,
  answeredAt: null,
  heldBy: [],
  endCause: null,
};
const active: DeskCall = { ...ringing, state: 'active', answeredAt: 5000 };

function aDesk() {
  const desk = new CallDesk(new FakeClock(), new QuietLogger());
  const states: string[] = [];
  desk.changes.hear(calls => states.push(calls.map(call => `${call.id} ${call.state}`).join(', ')));
  const told = (...calls: readonly DeskCall[]): void => followDeskCalls(desk, calls, 9000);
  return { desk, states, told };
}

describe('calls of a desk phone', () => {
  it('ring, talk, hold and end as they are told; the centre ends them and sends them on', () => {
    const { desk, told } = aDesk();
    told(ringing);
    expect(desk.all()).toMatchObject([
      { id: 'leg-1', device: 'desk-phone', state: 'ringing', centralCallId: 'central-1', startedAt: 1000 },
    ]);
    expect([...allowedActions(desk.all()[0]!)]).toEqual([]);
    told(active);
    expect(desk.all()).toMatchObject([{ state: 'active', answeredAt: 5000 }]);
    expect([...allowedActions(desk.all()[0]!)]).toEqual(['hang-up', 'hold', 'consult', 'transfer']);
    told({ ...active, heldBy: ['agent'] });
    expect(desk.all()).toMatchObject([{ state: 'held', heldBy: ['agent'] }]);
    expect([...allowedActions(desk.all()[0]!)]).toEqual(['hang-up', 'resume', 'consult', 'transfer']);
    told({ ...active, heldBy: ['agent', 'phone'] });
    expect(desk.all()).toMatchObject([{ state: 'held', heldBy: ['agent', 'phone'] }]);
    expect([...allowedActions(desk.all()[0]!)]).toEqual(['hang-up', 'consult', 'transfer']);
    told({ ...active, heldBy: ['remote'] });
    expect(desk.all()).toMatchObject([{ state: 'held', heldBy: ['remote'] }]);
    told(active);
    expect(desk.all()).toMatchObject([{ state: 'active', heldBy: [] }]);
    told({ ...active, state: 'ended', endCause: 'transferred' });
    expect(desk.all()).toMatchObject([{ state: 'ended', endCause: 'transferred' }]);
  });

  it('that come back, or were sent here, say so', () => {
    const { desk, told } = aDesk();
    told({ ...ringing, queueName: null }); // the centre tells of the phone first, then why it rings
    told({ ...ringing, returnedTransfer: { outcome: 'busy', to: '1002' }, transferredBy: '1003' });
    expect(desk.all()).toMatchObject([{ queueName: 'Support' }]);
    expect(desk.all()).toMatchObject([{ returnedTransfer: { outcome: 'busy', to: '1002' }, transferredBy: '1003' }]);
  });

  it('dial: the own phone first, then the other end', () => {
    const { desk, states, told } = aDesk();
    const dialling: DeskCall = { ...ringing, direction: 'outbound', state: 'dialing' };
    told(dialling);
    told({ ...dialling, state: 'ringing' });
    told({ ...active, direction: 'outbound' });
    expect(states).toEqual(['leg-1 dialing', 'leg-1 ringing', 'leg-1 connecting', 'leg-1 active']);
    expect(desk.all()).toMatchObject([{ direction: 'outbound', answeredAt: 5000 }]);
  });

  it('told twice are shown once', () => {
    const { states, told } = aDesk();
    const held: DeskCall = { ...active, heldBy: ['agent'] };
    told(held);
    const before = states.length;
    told(held);
    expect(states).toHaveLength(before);
  });

  it('that ended before anybody looked are not shown, and dismissed ones do not come back', () => {
    const { desk, told } = aDesk();
    told({ ...ringing, state: 'ended', endCause: 'rejected' });
    expect(desk.all()).toEqual([]);
    told({ ...active, legId: 'leg-2' });
    told({ ...active, legId: 'leg-2', state: 'ended', endCause: 'transferred' });
    desk.dismiss('leg-2');
    told({ ...active, legId: 'leg-2', state: 'ended', endCause: 'transferred' });
    expect(desk.all()).toEqual([]);
  });

  it('that are told no more are over', () => {
    const { desk, told } = aDesk();
    told(active);
    told();
    expect(desk.all()).toMatchObject([{ state: 'ended', endCause: 'completed' }]);
  });

  it('leave the calls of the app alone', () => {
    const { desk, told } = aDesk();
    desk.begin({ ...ringing, id: 'own', device: 'app', centralCallId: null });
    told(active);
    told();
    expect(desk.find('own')).toMatchObject({ state: 'ringing' });
    expect(desk.liveHere().map(call => call.id)).toEqual(['own']);
  });

  it('from a clock that is ahead have not rung in the future', () => {
    const { desk, told } = aDesk();
    told({ ...active, startedAt: 20_000, answeredAt: 25_000 });
    expect(desk.all()).toMatchObject([{ startedAt: 9000, answeredAt: 9000 }]);
  });
});
