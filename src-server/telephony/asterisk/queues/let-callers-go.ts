import type { AmiConnection } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';

/** Q.850 cause with which callers of a closed queue are let go: subscriber absent. */
const noRoute = 20;

/** Callers of a queue that was taken away would wait for ever. @param queueIds the queues that there are */
export async function letCallersGo(
  calls: CallTracker,
  ami: AmiConnection,
  queueIds: ReadonlySet<string>,
): Promise<void> {
  for (const call of calls.running) {
    if (call.waitsIn === null || queueIds.has(call.waitsIn)) continue;
    call.queueClosed();
    await ami.action({ Action: 'Hangup', Channel: call.anchor.channel, Cause: noRoute });
  }
}
