import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import { handOverMs } from '../config/transfer-dialplan';
import type { TrackedCall } from './tracked-call';
import type { TrackedLeg } from './tracked-leg';

interface ChannelOrdersParts {
  readonly ami: AmiConnection;
  readonly clock: Clock;
  readonly log: ServerLog;
}

/** What Asterisk is told of single channels, each of which may be gone before it arrives. */
export class ChannelOrders {
  constructor(private readonly parts: ChannelOrdersParts) {}

  /** Who transfers or returns this channel later does it for the call that it is in now. */
  belongsTo({ channel }: TrackedLeg, call: TrackedCall): void {
    for (const Variable of ['__CENTRE_CALL', 'CENTRE_OWN_CALL'])
      this.parts.ami
        .action({ Action: 'Setvar', Channel: channel, Variable, Value: call.info.id })
        .catch((error: unknown) => this.parts.log.warn(`asterisk: ${channel} not moved: ${String(error)}`));
  }

  /** For a moment whoever has been given the party may not know it; `centre-left` of the dialplan minds that. */
  handedOver({ channel }: TrackedLeg, to: TrackedLeg): void {
    void this.setVariable(channel, 'CENTRE_TARGET', to.number);
    this.parts.clock.after(handOverMs, () => void this.handOverIsOver(channel));
  }

  handOverIsOver(channel: string): Promise<void> {
    return this.setVariable(channel, 'ATTENDEDTRANSFER', '');
  }

  /** Asterisk goes on sending to a phone that holds; such a phone may still be listening. */
  muteWhileHeld({ channel }: TrackedLeg, isHeld: boolean): void {
    this.parts.ami
      .action({ Action: 'MuteAudio', Channel: channel, Direction: 'out', State: isHeld ? 'on' : 'off' })
      .catch((error: unknown) => this.parts.log.warn(`asterisk: ${channel} not muted: ${String(error)}`));
  }

  /** Of a channel that may be gone. */
  private async setVariable(channel: string, Variable: string, Value: string): Promise<void> {
    try {
      await this.parts.ami.action({ Action: 'Setvar', Channel: channel, Variable, Value });
    } catch (error) {
      this.parts.log.debug(`asterisk: ${channel}: ${String(error)}`);
    }
  }
}
