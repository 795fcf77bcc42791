import { SeededRandom } from '../../../src-server/demo/seeded-random';
import type { Extension, QueueDefinition, TelephonyEvent } from '../../../src-server/telephony/telephony';
import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import type { TestPhone } from '../../telephony/test-phone';
import {
  anExtension,
  aQueue,
  type BehaviourCentre,
  type Customer,
  type SubscriberBehaviour,
  subscriberEndings,
} from '../rig/behaviour-centre';
import type { EventOf } from '../rig/event-log';

/** Times that the shift is played with: shorter than a centre's, and long enough for a machine that does other things as well. */
export const shiftTiming = {
  internalRingMs: 3000,
  networkRingMs: 3000,
  transferRingMs: 3000,
  returnRingMs: 3000,
  ownPhoneRingMs: 3000,
};
const queueRingMs = 3000;
const surnames = ['Roux', 'Moreau', 'Nguyen', 'Okafor', 'Silva', 'Haddad', 'Kowalski', 'Tanaka'] as const;

/** One story of one or more calls, played on both engines. It waits for each fact before the next step, so that its order is given. */
export interface Script {
  readonly title: string;
  play(lane: Lane): Promise<void>;
}

type Type = TelephonyEvent['type'];

/** One agent's desk: its phone, and which of its incoming calls the script has seen. */
export class Desk {
  private seen = 0;
  private seenBefore = 0;
  constructor(
    readonly extension: string,
    readonly phone: TestPhone,
  ) {}

  /** The next call that rings here. */
  async rings(withinMs?: number): Promise<PhoneCall> {
    const call = await this.phone.incoming(this.seen, withinMs);
    this.seen++;
    return call;
  }

  /** How often it has rung in this script. */
  get count(): number {
    return this.seen - this.seenBefore;
  }

  hangUp(): void {
    this.seen = this.phone.incomingCount;
    this.seenBefore = this.seen;
    for (const call of this.phone.calls) call.leave();
  }
}

interface Desks {
  /** In both queues of the lane. */
  readonly anna: Desk;
  readonly ben: Desk;
  /** In no queue, and not recorded. */
  readonly cleo: Desk;
}

/** Two queues and their people, alone with their own customers: who is offered whom does not depend on the other lanes. */
export class Lane {
  private desks: Desks | null = null;
  private customers: Customer[] = [];
  private subscribers = 0;
  private startedAt = 0;
  private readonly random: SeededRandom;

  constructor(
    protected readonly centre: BehaviourCentre,
    readonly index: number,
    seed: number,
  ) {
    this.random = new SeededRandom(seed + index);
  }

  static peopleOf(index: number): Extension[] {
    const extensions = [1, 2, 3, 4].map(desk => `1${index}0${desk}`);
    return extensions.map((extension, desk) => anExtension(extension, { isRecorded: desk < 2 }));
  }

  static queuesOf(index: number): QueueDefinition[] {
    const [anna = '', ben = ''] = Lane.peopleOf(index).map(({ extension }) => extension);
    const common = { ringTimeoutMs: queueRingMs };
    return [
      aQueue({
        id: `first-${index}`,
        name: `First ${index}`,
        number: `81${index}`,
        memberExtensions: [anna, ben],
        ...common,
      }),
      aQueue({
        id: `second-${index}`,
        name: `Second ${index}`,
        number: `82${index}`,
        memberExtensions: [ben],
        ...common,
      }),
    ];
  }

  get engine(): BehaviourCentre['engine'] {
    return this.centre.engine;
  }

  get anna(): Desk {
    return this.atDesk('anna');
  }
  get ben(): Desk {
    return this.atDesk('ben');
  }
  get cleo(): Desk {
    return this.atDesk('cleo');
  }
  /** An extension whose phone is never there. */
  readonly absent = (): string => `1${this.index}04`;
  readonly firstQueue = (): string => `81${this.index}`;
  readonly secondQueue = (): string => `82${this.index}`;

  async open(): Promise<void> {
    const [anna = '', ben = '', cleo = ''] = Lane.peopleOf(this.index).map(({ extension }) => extension);
    const desk = async (extension: string, hz: number): Promise<Desk> =>
      new Desk(extension, await this.centre.phone(extension, { hz }));
    this.desks = { anna: await desk(anna, 600), ben: await desk(ben, 900), cleo: await desk(cleo, 1100) };
    await this.unavailable();
  }

  begin(): void {
    this.startedAt = this.centre.events.length;
  }

  /** Calls of this script, in the order in which they began. */
  get callIds(): string[] {
    const isOurs = (number: string): boolean => number === this.firstQueue() || number === this.secondQueue();
    const isOurExtension = (number: string): boolean => new RegExp(`^1${this.index}0\\d$`).test(number);
    return this.centre.events
      .slice(this.startedAt)
      .flatMap(event =>
        event.type === 'call-started' && (isOurs(event.to.number) || isOurExtension(event.from.number))
          ? [event.callId]
          : [],
      );
  }

  /** Facts of this script's calls so far. */
  facts<T extends Type>(type: T): EventOf<T>[] {
    const ids = new Set(this.callIds);
    return this.centre.events
      .slice(this.startedAt)
      .filter((event): event is EventOf<T> => event.type === type && 'callId' in event && ids.has(event.callId));
  }

  /** The `count`-th fact of this kind. */
  happens<T extends Type>(type: T, count = 1): Promise<EventOf<T>> {
    return until(`${count}. ${type} in lane ${this.index}`, () => this.facts(type)[count - 1]);
  }

  async available(...desks: readonly Desk[]): Promise<void> {
    for (const { extension } of desks) await this.engine.setMemberPaused(extension, false, null);
  }

  async unavailable(): Promise<void> {
    for (const { extension } of [this.anna, this.ben, this.cleo])
      await this.engine.setMemberPaused(extension, true, 'pause');
  }

  /** Takes the second queue out of the directory, or puts it back; any change makes an engine look again. */
  async openSecondQueue(isOpen: boolean): Promise<void> {
    const [, second] = Lane.queuesOf(this.index);
    const others = this.centre.queues.filter(({ id }) => id !== second?.id);
    this.centre.queues = isOpen && second !== undefined ? [...others, second] : others;
    await this.unavailable();
  }

  /** A customer with a number and name of its own calls a queue of this lane, and waits. */
  async customer(queue = this.firstQueue()): Promise<Customer> {
    const number = `01${this.index}${this.random.between(1_000_000, 9_999_999)}`;
    const name = `Camille ${this.random.pick(surnames)}`;
    const joined = this.facts('queue-joined').length;
    const customer = await this.centre.customer({ queue, number, name });
    this.customers.push(customer);
    await this.happens('queue-joined', joined + 1);
    return customer;
  }

  /** A number outside whose owner behaves like this; the same numbers in each playing of the shift. */
  outside(behaviour: SubscriberBehaviour): string {
    this.subscribers++;
    return `06${this.index}${this.subscribers % 10}${subscriberEndings[behaviour]}`;
  }

  /** A call that rings at this desk is answered, and they talk a moment; resolves when it is told. */
  async answer(desk: Desk): Promise<PhoneCall> {
    const answered = this.facts('offer-ended').filter(({ cause }) => cause === 'answered').length;
    const call = await desk.rings();
    await this.isRinging(desk);
    await call.answer();
    await until(
      'answer told',
      () => this.facts('offer-ended').filter(each => each.cause === 'answered').length > answered,
    );
    await this.aMoment(call);
    return call;
  }

  /** The last offer at this desk is told, and that it rings. */
  async isRinging(desk: Desk): Promise<void> {
    const offers = (): EventOf<'offered'>[] =>
      this.facts('offered').filter(({ extension }) => extension === desk.extension);
    const { legId } = await until(`offer at ${desk.extension}`, () => offers()[desk.count - 1]);
    await until(`ringing at ${desk.extension}`, () => this.facts('leg-ringing').some(each => each.legId === legId));
  }

  /** A customer who talks with Anna; it is recorded. */
  async talkingToAnna(): Promise<{ customer: Customer; call: PhoneCall }> {
    await this.available(this.anna);
    const customer = await this.customer();
    const call = await this.answer(this.anna);
    await this.happens('recording-started');
    await this.aMoment(call);
    return { customer, call };
  }

  async hold(call: PhoneCall, isHeld: boolean): Promise<void> {
    const before = this.facts(isHeld ? 'leg-held' : 'leg-resumed').length;
    await call.reinvite(isHeld ? 'sendonly' : 'sendrecv');
    await this.happens(isHeld ? 'leg-held' : 'leg-resumed', before + 1);
    await this.aMoment(call);
  }

  /**
   * They talk a little, here or where the call was sent: longer than what a story leaves out because nobody notices it. What they hear is
   * not what the shift is about.
   */
  async aMoment(call?: PhoneCall): Promise<void> {
    await until('answered', () => call === undefined || call.state === 'confirmed');
    const since = performance.now();
    await until('they talk', () => performance.now() - since > 400);
  }

  /** Sound comes, so that keys arrive too. */
  async hears(call: PhoneCall): Promise<void> {
    const packets = call.media.packetsReceived;
    await until('half a second of sound', () => call.media.packetsReceived > packets + 25);
  }

  async allOver(): Promise<void> {
    await until(
      `all calls of lane ${this.index} end`,
      () => this.facts('call-ended').length === this.callIds.length,
      8000,
    );
  }

  /** Everybody hangs up; for the next script nobody is available. */
  async rest(): Promise<void> {
    for (const customer of this.customers.splice(0)) customer.hangUp();
    for (const desk of [this.anna, this.ben, this.cleo]) desk.hangUp();
    await this.allOver();
    await this.unavailable();
  }

  private atDesk(name: keyof Desks): Desk {
    if (this.desks === null) throw new Error('the lane is not open');
    return this.desks[name];
  }
}
