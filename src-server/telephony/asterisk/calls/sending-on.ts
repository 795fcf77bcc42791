import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { AmiMessage } from '../ami/ami-message';
import { AwaitedFacts } from '../ami/awaited-facts';
import type { CallTracker } from './call-tracker';

/** From the order until the dialplan says that the transfer has begun. */
const beginsWithinMs = 3000;

interface Order {
  readonly callId: string;
  /** At whose phone it rings. */
  readonly extension: string;
  readonly number: string;
}

/** A call that rings at a phone goes to somebody else, as if the phone had taken it and sent it on in the same moment. */
export class SendingOn {
  /** That it has begun, by Uniqueid of who is sent. */
  private readonly beginning: AwaitedFacts;

  constructor(
    private readonly ami: AmiConnection,
    private readonly calls: CallTracker,
    clock: Clock,
  ) {
    this.beginning = new AwaitedFacts(clock);
  }

  /** After the call tracker has heard it. */
  hear(event: AmiMessage): void {
    if (event.get('Event') !== 'UserEvent' || event.get('UserEvent') !== 'CentreTransfer') return;
    this.beginning.heard(event.get('Uniqueid'));
  }

  /** @throws AppError `not-found`, `call/not-allowed`, `call/failed` when Asterisk did not do it */
  async sendOn({ callId, extension, number }: Order): Promise<void> {
    const { ami, calls } = this;
    const call = calls.call(callId);
    const rung = [...(call?.legs.values() ?? [])].find(
      leg => leg.extension === extension && leg.isOffer && !leg.isAnswered && !leg.isGone,
    );
    if (call === undefined || rung === undefined)
      throw new AppError('not-found', `nobody rings at ${extension} in ${callId}`);
    const caller = call.anchor;
    if (call.waitsIn !== null || caller === rung || caller.isGone || number === extension)
      throw new AppError('call/not-allowed', `call ${callId} is not sent on`);
    const sender = { Variable: 'CENTRE_SENT_BY', Value: rung.channel };
    const where = { Context: 'centre-sent-on', Exten: number, Priority: 1 };
    try {
      await ami.action({ Action: 'Setvar', Channel: caller.channel, ...sender });
      calls.connected(rung.uniqueid);
      const order = (): Promise<unknown> => ami.action({ Action: 'Redirect', Channel: caller.channel, ...where });
      await this.beginning.after(order, [caller.uniqueid], beginsWithinMs);
    } catch (error) {
      if (error instanceof AmiFailure) throw new AppError('call/failed', error.message);
      throw error;
    }
  }
}
