import { AppError } from '../../../../src-shared/errors/app-error';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { CallTracker } from './call-tracker';
import type { TrackedLeg } from './tracked-leg';

/** Q.850: normal clearing. */
const normalClearing = 16;

interface Order {
  readonly callId: string;
  /** Whose phone sends its other party away. */
  readonly extension: string;
  readonly number: string;
}

/**
 * A transfer as if the phone had sent REFER: the dialplan does the rest.
 * @throws AppError `not-found`, `call/not-allowed`, `call/failed` when Asterisk did not do it
 */
export async function orderTransfer(calls: CallTracker, ami: AmiConnection, order: Order): Promise<void> {
  const { callId, extension, number } = order;
  const call = calls.call(callId);
  const own = call?.parties.find(leg => leg.extension === extension);
  if (call === undefined || own === undefined)
    throw new AppError('not-found', `${extension} does not talk in call ${callId}`);
  if (call.parties.length !== 2 || own.isInRoom || number === extension)
    throw new AppError('call/not-allowed', `${extension} does not talk with exactly one other`);
  const where = { Context: 'centre-transfer', Exten: number };
  const [party] = call.parties.filter(leg => leg !== own);
  try {
    if (own.isHeldByOrder && party !== undefined) await sendParted(ami, own, party, where);
    else await ami.action({ Action: 'BlindTransfer', Channel: own.channel, ...where });
  } catch (error) {
    if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
    throw error;
  }
}

/** The two are in no bridge, out of which Asterisk could transfer: what it would say and do is said and done for it. */
async function sendParted(
  ami: AmiConnection,
  own: TrackedLeg,
  party: TrackedLeg,
  where: { readonly Context: string; readonly Exten: string },
): Promise<void> {
  const sender = { Variable: 'BLINDTRANSFER', Value: own.channel };
  await ami.action({ Action: 'Setvar', Channel: party.channel, ...sender });
  await ami.action({ Action: 'Redirect', Channel: party.channel, ...where, Priority: 1 });
  await ami.action({ Action: 'Hangup', Channel: own.channel, Cause: normalClearing });
}
