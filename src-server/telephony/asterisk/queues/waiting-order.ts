import { AppError } from '../../../../src-shared/errors/app-error';
import type { WaitingCaller } from '../../telephony';
import { AmiFailure, type AmiConnection } from '../ami/ami-connection';
import type { CallTracker } from '../calls/call-tracker';
import type { TellFact } from '../calls/tracked-call';
import { InTurn } from '../../../in-turn';

/** A place in the queue as Asterisk has it. */
export interface QueuePlace {
  readonly channel: string;
  readonly uniqueid: string;
  readonly priority: number;
}

/**
 * How to bring one caller to a place. app_queue keeps its callers sorted by priority and puts who is given one behind all others that
 * have it, so everybody up to that place gets one that is higher than anybody's behind it. Newcomers have 0 and join at the end.
 * @param position 1 is the head; too far means the end
 */
export function stepsOfMove(
  places: readonly QueuePlace[],
  uniqueid: string,
  position: number,
): readonly { readonly channel: string; readonly priority: number }[] {
  const moved = places.find(place => place.uniqueid === uniqueid);
  if (moved === undefined) return [];
  const others = places.filter(place => place !== moved);
  const before = Math.min(Math.max(position, 1) - 1, others.length);
  const priority = Math.max(-1, ...others.slice(before).map(place => place.priority)) + 1;
  const raised = others.slice(0, before).filter(place => place.priority < priority);
  return [...raised, moved].map(({ channel }) => ({ channel, priority }));
}

export interface WaitingOrderParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly tell: TellFact;
}

/** Who waits in a queue, in Asterisk's own order, and how that is changed by hand. */
export class WaitingOrder {
  private readonly turns = new InTurn();

  constructor(private readonly parts: WaitingOrderParts) {}

  async waiting(queueId: string): Promise<readonly WaitingCaller[]> {
    return (await this.places(queueId)).flatMap(({ uniqueid }, index) => {
      const call = this.parts.calls.callOfLeg(uniqueid);
      return call === undefined ? [] : [{ callId: call.info.id, number: call.info.from.number, position: index + 1 }];
    });
  }

  /** One move at a time in each queue: a second one starts from what the first one made. */
  move(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    return this.turns.do(queueId, async () => {
      const places = await this.places(queueId);
      const place = places.find(({ uniqueid }) => this.parts.calls.callOfLeg(uniqueid)?.info.id === callId);
      if (place === undefined) throw new AppError('not-found', `call ${callId} does not wait in ${queueId}`);
      for (const { channel, priority } of stepsOfMove(places, place.uniqueid, position))
        await this.prefer(queueId, channel, priority, channel === place.channel);
      const waiting = await this.waiting(queueId);
      this.parts.tell({ type: 'queue-order-changed', queueId, callIds: waiting.map(each => each.callId) });
      return waiting;
    });
  }

  private async prefer(queueId: string, Caller: string, Priority: number, isMoved: boolean): Promise<void> {
    try {
      await this.parts.ami.action({
        Action: 'QueueChangePriorityCaller',
        Queue: queueId,
        Caller,
        Priority,
        Immediate: 'yes',
      });
    } catch (error) {
      if (!(error instanceof AmiFailure) || !this.parts.ami.isConnected) throw error;
      // He has just got an agent or given up. That of another caller does not matter.
      if (isMoved) throw new AppError('not-found', `${Caller} does not wait any more: ${error.message}`);
    }
  }

  private async places(queueId: string): Promise<readonly QueuePlace[]> {
    const status = await this.parts.ami.list({ Action: 'QueueStatus', Queue: queueId });
    return status
      .filter(each => each.get('Event') === 'QueueEntry' && each.get('Queue') === queueId)
      .toSorted((one, other) => Number(one.get('Position')) - Number(other.get('Position')))
      .map(entry => ({
        channel: entry.get('Channel'),
        uniqueid: entry.get('Uniqueid'),
        priority: Number(entry.get('Priority')) || 0,
      }));
  }
}
