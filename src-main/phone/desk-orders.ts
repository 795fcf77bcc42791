import type { Call } from '../../src-shared/call/call';
import { AppError, type ErrorCode } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import type { CallDesk } from './call-desk';
import type { PhoneEngine } from './phone-engine-port';

/** What the centre does for a phone on the desk. Calls have the names that the centre gave them. */
export interface DeskCentre {
  hangUp(callId: string): Promise<unknown>;
  hold(callId: string, isHeld: boolean): Promise<unknown>;
  transfer(callId: string, number: string): Promise<unknown>;
  sendOn(callId: string, number: string): Promise<unknown>;
  complete(callId: string, consultCallId: string): Promise<unknown>;
}

/** What the phone engine would say in these words. */
const notPossible: readonly ErrorCode[] = ['not-found', 'call/unknown', 'call/not-allowed', 'call/failed'];

/**
 * Orders for calls go to whoever has the call: the phone engine of this app, or the centre, which does it for a phone on the desk. Whoever
 * gives them need not know.
 */
export function ordersByDevice(engine: PhoneEngine, desk: CallDesk, centre: DeskCentre): PhoneEngine {
  const atDesk = (command: EngineCommand): Call | null => {
    const call = 'callId' in command ? desk.find(command.callId) : undefined;
    return call?.device === 'desk-phone' ? call : null;
  };
  return {
    get isReady() {
      return engine.isReady;
    },
    reports: engine.reports,
    order: async (command, timeoutMs) => {
      const call = atDesk(command);
      if (call === null) return engine.order(command, timeoutMs);
      await orderCentre(command, { call, desk, centre });
    },
  };
}

interface AtDesk {
  readonly call: Call;
  readonly desk: CallDesk;
  readonly centre: DeskCentre;
}

async function orderCentre(command: EngineCommand, { call, desk, centre }: AtDesk): Promise<void> {
  switch (command.type) {
    case 'call.hang-up':
      await centre.hangUp(centralIdOf(call));
      return;
    case 'call.hold':
    case 'call.resume':
      await centre.hold(centralIdOf(call), command.type === 'call.hold');
      return;
    case 'call.transfer':
      await inTransferWords(centre.transfer(centralIdOf(call), command.target));
      return;
    case 'call.send-on':
      await inTransferWords(centre.sendOn(centralIdOf(call), command.target));
      return;
    case 'call.complete-transfer':
      await inTransferWords(centre.complete(centralIdOf(call), centralIdOf(desk.find(command.consultCallId))));
      return;
    default:
      throw new AppError('call/not-allowed', `${command.type} is done at the phone on the desk`);
  }
}

function centralIdOf(call: Call | undefined): string {
  if (call?.centralCallId == null) throw new AppError('call/unknown');
  return call.centralCallId;
}

async function inTransferWords(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError && notPossible.includes(error.code))
      throw new AppError('transfer/not-possible', `${error.code}: ${error.message}`);
    throw error;
  }
}
