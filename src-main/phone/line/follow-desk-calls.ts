import type { Call } from '../../../src-shared/call/call';
import type { CallEvent } from '../../../src-shared/call/call-event';
import type { DeskCall } from '../../../src-shared/server-api/live-messages';
import type { CallDesk } from '../call-desk';

/** The facts that lead from what is shown to what was told. */
function stepsFrom(shown: Call, told: DeskCall): readonly CallEvent[] {
  if (told.state === 'ended') return [{ type: 'ended', cause: told.endCause ?? 'completed', sipCode: null }];
  if (told.state === 'ringing') return shown.state === 'dialing' ? [{ type: 'remote-ringing' }] : [];
  if (told.state === 'dialing') return [];
  const answer: readonly CallEvent[] =
    shown.answeredAt === null
      ? [{ type: told.direction === 'inbound' ? 'answer-requested' : 'remote-answered' }, { type: 'media-confirmed' }]
      : [];
  const holds = (['agent', 'phone', 'remote'] as const)
    .filter(by => shown.heldBy.includes(by) !== told.heldBy.includes(by))
    .map(by => ({ type: told.heldBy.includes(by) ? 'held' : 'resumed', by }) as const);
  return [...answer, ...holds];
}

type Whence = Pick<Call, 'queueName' | 'returnedTransfer' | 'transferredBy'>;
const isSameWhence = (shown: Whence, told: Whence): boolean =>
  shown.queueName === told.queueName &&
  shown.transferredBy === told.transferredBy &&
  JSON.stringify(shown.returnedTransfer) === JSON.stringify(told.returnedTransfer);

/** Shows the calls of the person's desk phone, as the centre tells them: every one that there is. */
export function followDeskCalls(desk: CallDesk, told: readonly DeskCall[], now: number): void {
  for (const call of told) {
    const { legId: id, callId: centralCallId, direction, remote, queueName, returnedTransfer, transferredBy } = call;
    if (desk.find(id) === undefined && call.state !== 'ended')
      desk.begin({
        id,
        device: 'desk-phone',
        direction,
        remote,
        queueName,
        centralCallId,
        returnedTransfer,
        transferredBy,
        startedAt: Math.min(call.startedAt, now),
      });
    const shown = desk.find(id);
    if (shown === undefined || shown.state === 'ended') continue;
    const whence = { queueName, returnedTransfer, transferredBy };
    if (!isSameWhence(shown, whence)) desk.note(id, whence);
    for (const step of stepsFrom(shown, call)) desk.apply(id, step, Math.min(call.answeredAt ?? now, now));
  }
  const isGone = (call: Call): boolean => call.device === 'desk-phone' && !told.some(({ legId }) => legId === call.id);
  for (const { id } of desk.live().filter(isGone))
    desk.apply(id, { type: 'ended', cause: 'completed', sipCode: null }, now);
}
