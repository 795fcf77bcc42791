import type { CallEvent } from '../../../../src-shared/call/call-event';
import { applyEngineReport } from '../../../../src-main/phone/apply-engine-reports';
import { CallActions } from '../../../../src-main/phone/call-actions';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { ConsultActions, type ConsultActionsNeeds } from '../../../../src-main/phone/consult-actions';
import { InteractionDesk } from '../../../../src-main/phone/interaction-desk';
import { OwnCallDesk } from '../../../../src-main/phone/own-call-desk';
import { PairActions } from '../../../../src-main/phone/pair-actions';
import { TransferActions } from '../../../../src-main/phone/transfer-actions';
import type { EngineCommand } from '../../../../src-shared/ipc/engine-commands';
import type { AgentProfile } from '../../../../src-shared/server-api/rest-routes';
import { aPolicy } from '../../../builders/a-policy';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** An agent's phone with everything for two lines; what the engine and the centre do is up to the test. */
export function aDeskWithTwoLines() {
  const [clock, log, engine] = [new FakeClock(), new QuietLogger(), new FakeEngine()];
  const desk = new CallDesk(clock, log);
  const interactions = new InteractionDesk(desk);
  const calls = new CallActions({ desk, engine, clock, log, isLineRegistered: () => true });
  const ownCalls = new OwnCallDesk(desk);
  const policy = { value: aPolicy() };
  engine.reports.hear(report => applyEngineReport(desk, report));
  const tell = (callId: string, event: CallEvent): void =>
    engine.report({ type: 'call', callId, at: clock.now(), event });
  /** Hold and resume are done at once, as over a good line. */
  const obey = (command: EngineCommand): void => {
    if (command.type === 'call.hold') tell(command.callId, { type: 'held', by: 'agent' });
    if (command.type === 'call.resume') tell(command.callId, { type: 'resumed', by: 'agent' });
  };
  const order = engine.order.bind(engine);
  engine.order = command => {
    const ordered = order(command);
    if (engine.obeys.has(command.type)) obey(command);
    return ordered;
  };
  for (const type of ['call.answer', 'call.hold', 'call.resume', 'call.dial', 'call.hang-up', 'call.decline'] as const)
    engine.obeys.add(type);
  const asked: unknown[] = [];
  const news: unknown[] = [];
  const centre = { isAway: false };
  const tellContext: ConsultActionsNeeds['tellContext'] = async (callId, context) => {
    asked.push({ callId, ...context });
    if (centre.isAway) await new Promise<never>(() => undefined);
  };
  const needs = { desk, interactions, engine, clock, calls, log, tellContext };
  const transfers = new TransferActions({
    ...needs,
    me: () => ({ extension: '1001', role: 'agent' }) as AgentProfile,
    policy: () => policy.value,
    destinations: () => [{ number: '2001', name: 'Nora', group: 'supervisors', state: 'free', waiting: null }],
    isGoneAtCentre: id => ownCalls.isGone(id),
  });
  const consults = new ConsultActions({ ...needs, transfers, tell: what => news.push(what) });
  const room: { problem: Error | null } = { problem: null };
  const pairs = new PairActions({
    ...needs,
    consults,
    centre: {
      merge: async (callId, consultCallId) => {
        if (room.problem !== null) throw room.problem;
        asked.push({ merge: [callId, consultCallId] });
      },
      mute: async (callId, legId, isMuted) => asked.push({ mute: [callId, legId, isMuted] }),
      drop: async (callId, legId) => asked.push({ drop: [callId, legId] }),
    },
  });
  return {
    ...needs,
    transfers,
    consults,
    pairs,
    ownCalls,
    policy,
    asked,
    news,
    room,
    centre,
    tell,
    state: (callId: string) => desk.find(callId)?.state,
    rings: (callId: string, centralCallId = `central-${callId}`) =>
      engine.report({
        type: 'invite-received',
        callId,
        at: clock.now(),
        remote: { number: `0${callId}`, name: null },
        queueName: 'Support',
        centralCallId,
        returnedTransfer: null,
        transferredBy: null,
      }),
    async talks(callId: string): Promise<void> {
      this.rings(callId);
      await calls.answer(callId);
      tell(callId, { type: 'media-confirmed' });
    },
    /** A consultation with 2001 that rings there. @returns its call */
    async asks(callId: string, reason = ''): Promise<string> {
      const { callId: consultCallId } = await consults.begin(callId, '2001', reason);
      tell(consultCallId, { type: 'remote-ringing' });
      return consultCallId;
    },
    answered(callId: string): void {
      tell(callId, { type: 'remote-answered' });
      tell(callId, { type: 'media-confirmed' });
    },
  };
}
