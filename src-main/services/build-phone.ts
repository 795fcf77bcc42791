import { AudioDesk } from '../phone/audio-desk';
import { CallActions } from '../phone/call-actions';
import { CallDesk } from '../phone/call-desk';
import { EngineSupervisor } from '../phone/engine-supervisor';
import { ordersByDevice } from '../phone/desk-orders';
import { InteractionDesk } from '../phone/interaction-desk';
import { AgentLine } from '../phone/line/agent-line';
import { DeskLine } from '../phone/line/desk-line';
import { LineMonitor } from '../phone/line/line-monitor';
import { RestClient } from '../server-link/rest-client';
import type { ServicesNeeds } from './build-services';

/** Calls, lines and sound. Which of the two lines counts is said by the sign-in. */
export function buildPhone(rest: RestClient, { engine, engineHost, settings, clock, log }: ServicesNeeds) {
  const desk = new CallDesk(clock, log('call'));
  const appLine = new LineMonitor({
    engine,
    clock,
    log: log('line'),
    random: Math.random,
    renewCredential: () => rest.call('line.renew', {}),
  });
  const isLineRegistered = (): boolean => appLine.isRegistered;
  const orders = ordersByDevice(engine, desk, {
    hangUp: callId => rest.call('calls.hang-up', { callId }),
    hold: (callId, isHeld) => rest.call('calls.hold', { callId, isHeld }),
    transfer: (callId, number) => rest.call('calls.transfer', { callId, number }),
    sendOn: (callId, number) => rest.call('calls.send-on', { callId, number }),
    complete: (callId, consultCallId) => rest.call('calls.complete', { callId, consultCallId }),
  });
  const calls = new CallActions({ desk, engine: orders, clock, log: log('call'), isLineRegistered });
  const deskLine = new DeskLine(number => rest.call('calls.dial', { number }), desk, clock);
  const line = new AgentLine(appLine, deskLine, calls);
  const interactions = new InteractionDesk(desk);
  const audio = new AudioDesk(engine, () => settings.value, log('audio'));
  const supervisor = new EngineSupervisor(engineHost, engine, clock, log('engine'));
  return { desk, appLine, line, orders, calls, interactions, audio, supervisor };
}
