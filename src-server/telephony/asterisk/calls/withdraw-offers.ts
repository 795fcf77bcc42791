import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { CallTracker } from './call-tracker';

/** Q.850: normal clearing. app_queue goes on to the next member. */
const normalClearing = 16;

/** Hangs up the channels that a queue lets ring at this phone. One that is gone already has ended by itself. */
export async function withdrawOffers(calls: CallTracker, ami: AmiConnection, extension: string): Promise<void> {
  for (const leg of calls.legsOf(extension)) {
    if (!leg.isOffer || leg.isAnswered || calls.callOfLeg(leg.id)?.waitsIn == null) continue;
    leg.isWithdrawn = true;
    await ami.action({ Action: 'Hangup', Channel: leg.channel, Cause: normalClearing }).catch((error: unknown) => {
      if (!(error instanceof AmiFailure) || !ami.isConnected) throw error;
    });
  }
}
