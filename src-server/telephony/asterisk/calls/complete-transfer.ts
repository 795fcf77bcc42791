import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { ServerLog } from '../../../server-log';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import { inOrder, joinParties, type Side } from './attended-transfer';
import type { CallTracker } from './call-tracker';

/** Q.850: normal clearing. */
const normalClearing = 16;

interface Completion {
  readonly callId: string;
  readonly consultCallId: string;
  /** Whose phone has both calls. */
  readonly extension: string;
}

interface CompletionParts {
  readonly calls: CallTracker;
  readonly ami: AmiConnection;
  readonly log: ServerLog;
}

/**
 * An attended transfer as if the phone had sent REFER with Replaces. The customer's channel fetches the colleague's in the dialplan
 * (`centre-joined`): should that one be gone in the moment, the dialplan takes the customer back to the sender, as after a REFER.
 * @throws AppError `not-found`, `call/not-allowed`, `call/failed` when Asterisk did not do it
 */
export async function completeTransfer(parts: CompletionParts, completion: Completion): Promise<void> {
  const { calls, ami, log } = parts;
  const { callId, consultCallId, extension } = completion;
  const [one, other] = [sideOf(calls, callId, extension), sideOf(calls, consultCallId, extension)];
  if (one.call === other.call) throw new AppError('call/not-allowed', 'one call twice');
  const [going, consult] = inOrder(one, other);
  const { channel } = going.party;
  try {
    const variables = [
      [channel, 'CENTRE_PEER', consult.party.channel],
      [channel, 'CENTRE_TARGET', consult.party.number],
      // As Asterisk itself says it of a REFER. The sender's own channel may go on for a moment, and is not to be taken for one that came back.
      [channel, 'ATTENDEDTRANSFER', going.sender.channel],
      [going.sender.channel, 'CENTRE_HANDS_OVER', channel],
      // Who waits is not let go when the sender hangs up now.
      [consult.party.channel, 'CENTRE_TAKEN', channel],
    ] as const;
    for (const [Channel, Variable, Value] of variables)
      await ami.action({ Action: 'Setvar', Channel, Variable, Value });
    const where = { Context: 'centre-joined', Exten: 's', Priority: 1 };
    await ami.action({ Action: 'Redirect', Channel: channel, ...where });
  } catch (error) {
    await ami
      .action({ Action: 'Setvar', Channel: consult.party.channel, Variable: 'CENTRE_TAKEN', Value: '' })
      .catch((again: unknown) => log.debug(`asterisk: ${consult.party.channel}: ${String(again)}`));
    if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
    throw error;
  }
  if (isThere(going) && isThere(consult)) joinParties(calls, going, consult);
  else if (isThere(going)) comesBack(going, consult);
  for (const { sender } of [going, consult])
    await ami
      .action({ Action: 'Hangup', Channel: sender.channel, Cause: normalClearing })
      .catch((error: unknown) => log.debug(`asterisk: ${sender.channel}: ${String(error)}`)); // mostly gone with its party
}

/** Whose channel ended while Asterisk was asked. */
const isThere = ({ call, party }: Side): boolean => !call.hasEnded && !party.isGone;

/** The colleague had just hung up: the dialplan rings the sender again. */
function comesBack({ call, sender }: Side, consult: Side): void {
  const { id: legId, extension } = sender;
  if (extension === null) return;
  const names = { id: randomUUID(), kind: 'attended', target: consult.party.number } as const;
  call.transfers.start({ ...names, consultCallId: consult.call.info.id, legId, extension, isThrough: false });
  call.legMoved(sender);
  call.transfers.fail('rejected');
}

function sideOf(calls: CallTracker, callId: string, extension: string): Side {
  const call = calls.call(callId);
  const sender = call?.parties.find(leg => leg.extension === extension);
  if (call === undefined || sender === undefined)
    throw new AppError('not-found', `${extension} does not talk in call ${callId}`);
  const [party, ...more] = call.parties.filter(leg => leg !== sender);
  if (party === undefined || more.length > 0 || sender.isInRoom)
    throw new AppError('call/not-allowed', `${extension} does not talk with exactly one other`);
  return { call, sender, party };
}
