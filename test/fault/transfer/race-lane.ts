import { SeededRandom } from '../../../src-server/demo/seeded-random';
import type { BehaviourCentre, Customer } from '../../behaviour/rig/behaviour-centre';
import { type Desk, Lane } from '../../behaviour/shift/lane';
import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import { CustomerEar } from './customer-ear';

/** Longest time between the beginning of a consultation and what disturbs it. */
const longestPauseMs = 2000;
const longestBlinkMs = 900;

interface Consultation {
  readonly customer: Customer;
  /** Anna's call with the customer, on hold. */
  readonly held: PhoneCall;
  /** Anna's call to Cleo. */
  readonly consult: PhoneCall;
  /** The same at Cleo's phone, which rings. */
  readonly ringing: PhoneCall;
}

/** A lane for one race: Anna sends her customer to Cleo, and Ben is who answers for the queue afterwards. */
export class RaceLane extends Lane {
  readonly moments: SeededRandom;
  private ear: CustomerEar | null = null;
  private hasSentAway = false;
  private readonly dead = new Set<Desk>();

  constructor(
    centre: BehaviourCentre,
    index: number,
    readonly seed: number,
  ) {
    super(centre, index, seed);
    this.moments = new SeededRandom(seed);
  }

  get silenceMs(): number {
    return this.ear?.longestSilenceMs ?? 0;
  }

  /** Facts of this race that have an end and got none, or two. */
  unbalanced(): string[] {
    return this.centre.unbalanced(this.callIds);
  }

  /** The customer hangs up by his own will. */
  get isLeaving(): boolean {
    return this.hasSentAway;
  }

  leaves(customer: Customer): void {
    this.hasSentAway = true;
    customer.hangUp();
  }

  /** A customer who talks with Anna, who is offered nobody else; from now on somebody listens with the customer. */
  async talking(): Promise<{ customer: Customer; call: PhoneCall }> {
    const { customer, call } = await this.talkingToAnna();
    await this.unavailable();
    await until('both hear', () => customer.heard.level(600) > 3000 && call.media.heard.level(440) > 3000);
    this.ear = new CustomerEar(customer);
    return { customer, call };
  }

  /** Anna's customer is on hold and Cleo's phone rings for her. */
  async consulting(): Promise<Consultation> {
    const { customer, call: held } = await this.talking();
    await this.hold(held, true);
    const consult = await this.anna.phone.dial(this.cleo.extension);
    const ringing = await this.cleo.rings();
    return { customer, held, consult, ringing };
  }

  /** And they talk. */
  async consulted(): Promise<Consultation> {
    const consultation = await this.consulting();
    await consultation.ringing.answer();
    await until('answered', () => consultation.consult.state === 'confirmed');
    return consultation;
  }

  /** Somebody else's customer, who is not the one of the race. */
  async anotherCustomer(desk: Desk): Promise<{ customer: Customer; call: PhoneCall }> {
    await this.available(desk);
    const customer = await this.customer();
    const call = await desk.rings();
    await call.answer();
    await until('both hear', () => customer.heard.level(call.media.hz) > 3000 && call.media.heard.level(440) > 3000);
    await this.unavailable();
    return { customer, call };
  }

  /** Some moment later, the same one for the same seed. */
  async pause(longestMs = longestPauseMs): Promise<void> {
    const ms = this.moments.between(0, longestMs);
    await new Promise(passed => setTimeout(passed, ms));
  }

  /** This phone's program dies: no word, no sound, and the system closes its socket. */
  crash(desk: Desk): void {
    this.cutOff(desk);
    desk.phone.socket.cut();
  }

  /** This phone's network is gone, and nobody is told: its socket seems open. */
  cutOff(desk: Desk): void {
    this.dead.add(desk);
    desk.phone.loseNetwork();
  }

  /** This phone's network is gone for a moment, shorter than anybody would call again. */
  async blink(desk: Desk): Promise<void> {
    desk.phone.loseNetwork();
    await this.pause(longestBlinkMs);
    desk.phone.regainNetwork();
  }

  /** This phone's WebSocket breaks, and it comes back over another one; its sound goes on. */
  async breakLine(desk: Desk): Promise<void> {
    desk.phone.socket.cut();
    await this.pause(longestBlinkMs);
    await desk.phone.reconnect();
  }

  isAlive(desk: Desk): boolean {
    return !this.dead.has(desk);
  }

  /** Everybody who can hangs up, and the phones are put away. */
  async putAway(): Promise<void> {
    this.ear?.stop();
    try {
      await this.rest();
    } finally {
      await this.centre.putAway([this.anna, this.ben, this.cleo].map(({ phone }) => phone));
    }
  }
}
