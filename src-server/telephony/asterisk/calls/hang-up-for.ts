import { AppError } from '../../../../src-shared/errors/app-error';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { CallTracker } from './call-tracker';

/** Q.850: normal clearing. */
const normalClearing = 16;

/**
 * Ends an extension's own part of a call, also while its phone dials or is rung for its own call.
 * @throws AppError `not-found`, `call/failed` when Asterisk did not do it
 */
export async function hangUpFor(
  calls: CallTracker,
  ami: AmiConnection,
  { callId, extension }: { readonly callId: string; readonly extension: string },
): Promise<void> {
  const call = calls.call(callId);
  const own = [...(call?.legs.values() ?? [])].find(leg => leg.extension === extension && !leg.isGone);
  if (call === undefined || own === undefined) throw new AppError('not-found', `${extension} is not in call ${callId}`);
  if (own === call.anchor && call.parties.length < 2) call.takenBack();
  try {
    await ami.action({ Action: 'Hangup', Channel: own.channel, Cause: normalClearing });
  } catch (error) {
    if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
    throw error;
  }
}
