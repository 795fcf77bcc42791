import { EventStream } from '../event-stream';
import type { Extension } from '../telephony';
import { AmiConnection, type AmiConnectionParts } from './ami/ami-connection';
import type { AmiMessage } from './ami/ami-message';
import { defaultTiming, settingsOf } from './asterisk-timing';
import { BridgeWatch } from './calls/bridge-watch';
import { CallTracker } from './calls/call-tracker';
import { ChannelOrders } from './calls/channel-orders';
import { ConferenceDesk } from './calls/conference-desk';
import { HoldDesk } from './calls/hold-desk';
import { SendingOn } from './calls/sending-on';
import type { TellFact, TrackedCall } from './calls/tracked-call';
import type { TrackedLeg } from './calls/tracked-leg';
import type { AsteriskTelephonyOptions } from './engine-options';
import { ClickToDial } from './lines/click-to-dial';
import { LineDesk } from './lines/line-desk';
import { LostPhones } from './lines/lost-phones';
import { SilentPhones } from './lines/silent-phones';
import { letCallersGo } from './queues/let-callers-go';
import { PassOver } from './queues/pass-over';
import { QueueSync } from './queues/queue-sync';
import { WaitingOrder } from './queues/waiting-order';
import { ReadBack } from './read-back';
import { LeftRecordings } from './recording/left-recordings';
import { RecordingDesk } from './recording/recording-desk';

/** The parts of the engine, wired: which of them hears which event of Asterisk and which fact of ours. */
export class AsteriskParts {
  readonly events: EventStream;
  readonly ami: AmiConnection;
  readonly readBack: ReadBack;
  readonly calls: CallTracker;
  readonly lines: LineDesk;
  readonly queues: QueueSync;
  readonly recordings: RecordingDesk;
  readonly order: WaitingOrder;
  readonly clicks: ClickToDial;
  readonly conferences: ConferenceDesk;
  readonly holds: HoldDesk;
  readonly sendings: SendingOn;
  readonly silent: SilentPhones;
  private readonly channels: ChannelOrders;
  private readonly left: LeftRecordings;
  private readonly lost: LostPhones;
  private readonly passOver: PassOver;
  private readonly bridges: BridgeWatch;

  constructor(
    private readonly options: AsteriskTelephonyOptions,
    connection: Pick<AmiConnectionParts, 'onUp' | 'onDown'>,
  ) {
    const { access, clock, log, directory, recordingsFolder } = options;
    const timing = { ...defaultTiming, ...options.timing };
    this.events = new EventStream(clock, log);
    const onEvent = (event: AmiMessage): void => this.readBack.hear(event);
    this.ami = new AmiConnection({ ...access.ami, ...connection, clock, log, onEvent });
    const { ami, tell } = this;
    this.lines = this.newLineDesk();
    const onSynced = (queueIds: ReadonlySet<string>): Promise<void> => letCallersGo(this.calls, ami, queueIds);
    this.queues = new QueueSync({ ami, directory, clock, log, settings: settingsOf(timing), onSynced });
    const { recordingsInAsterisk: inAsterisk, recordingsHere: here } = access;
    this.recordings = new RecordingDesk({ ami, tell, clock, log, inAsterisk, here, recordingsFolder });
    this.left = new LeftRecordings({ ami, tell, clock, log, here, recordingsFolder });
    this.channels = new ChannelOrders({ ami, clock, log });
    this.calls = this.newTracker();
    this.bridges = new BridgeWatch(
      () => this.calls,
      call => this.recordings.otherEnd(call),
    );
    this.passOver = new PassOver({ queues: this.queues, calls: this.calls, log });
    this.order = new WaitingOrder({ ami, tell, calls: this.calls });
    const watched = { ami, clock, log, calls: this.calls };
    this.conferences = new ConferenceDesk(watched);
    this.holds = new HoldDesk(watched);
    this.sendings = new SendingOn(ami, this.calls, clock);
    const isRegistered = (extension: string): boolean => this.lines.isRegistered(extension);
    const extensionNamed = (extension: string): Extension | undefined => this.extensionNamed(extension);
    this.lost = new LostPhones({ ...watched, isRegistered });
    this.silent = new SilentPhones({
      ...watched,
      countEveryMs: timing.countEveryMs,
      silentMs: timing.silentPhoneMs,
      isApp: extension => extensionNamed(extension)?.deskPhone === null,
      isThere: options.isThere ?? (async () => null),
      onSilent: leg => void this.phoneGone(leg),
    });
    this.clicks = new ClickToDial({
      ...watched,
      extensionNamed,
      queues: () => directory.queues(),
      isRegistered,
      ringMs: timing.ownPhoneRingMs,
    });
    const { lines, queues, channels, left, holds, calls } = this;
    const hear = (event: AmiMessage): void => this.hear(event);
    this.readBack = new ReadBack({ ami, lines, queues, channels, left, holds, calls, hear });
  }

  /** For the parts that go by it, and for the centre. */
  readonly tell: TellFact = fact => {
    this.passOver.hear(fact);
    if (fact.type === 'line-unregistered' && fact.reason !== 'replaced') this.lost.lineGone(fact.extension);
    if (fact.type === 'conference-ended') this.conferences.ended(fact.callId);
    this.events.tell(fact);
  };

  private hear(event: AmiMessage): void {
    if (event.get('Event') === 'ContactStatus') this.lines.hear(event);
    else {
      this.clicks.hear(event);
      this.bridges.hear(event);
      this.left.hear(event);
      this.calls.hear(event);
      this.holds.hear(event);
      this.sendings.hear(event);
    }
  }

  private newLineDesk(): LineDesk {
    const { access, clock, log, directory, sipUrl, allowMd5 } = this.options;
    return new LineDesk({
      ami: this.ami,
      access,
      directory,
      clock,
      log,
      tell: this.tell,
      sipUrl: sipUrl ?? null,
      allowMd5: allowMd5 === true,
      onReplaced: extension => this.lost.replaced(extension),
    });
  }

  private newTracker(): CallTracker {
    return new CallTracker({
      tell: this.tell,
      log: this.options.log,
      onConnected: call => this.connected(call),
      onHold: (leg, isHeld) => {
        this.channels.muteWhileHeld(leg, isHeld);
        if (!isHeld && leg.isHeldByOrder) this.holds.takenBack(leg);
      },
      onRung: leg => this.lost.rung(leg),
      onMoved: (leg, call) => {
        this.channels.belongsTo(leg, call);
        this.conferences.moved(leg);
      },
      onPlaceTaken: (call, { channel }) => this.recordings.follow(call, channel),
      onHandedOver: (party, to) => this.channels.handedOver(party, to),
      onChannelGone: (call, channel) => this.recordings.channelGone(call, channel),
      onSpeaking: speaking => this.events.tellSpeaking(speaking),
      onWaitsForPair: (call, uniqueid) => this.conferences.waitsForPair(call, uniqueid),
      onEnding: (call, isStillTalking) => this.recordings.finish(call, isStillTalking),
    });
  }

  /** A call with somebody from outside is recorded when one of the agents in it is. */
  private connected(call: TrackedCall): void {
    const isRecorded = call.parties.some(
      ({ extension }) => extension !== null && this.extensionNamed(extension)?.isRecorded === true,
    );
    if (isRecorded) this.recordings.start(call);
  }

  /** To Asterisk it is still there: its customer, who is the next in the queue, would be offered to it. */
  private async phoneGone(leg: TrackedLeg): Promise<void> {
    if (leg.extension !== null) await this.passOver.inAllQueues(leg.extension);
    this.lost.silent(leg);
  }

  private extensionNamed(extension: string): Extension | undefined {
    return this.options.directory.extensions().find(known => known.extension === extension);
  }
}
