import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AsteriskTiming } from '../../../src-server/telephony/asterisk/asterisk-timing';
import type { EngineTiming } from '../../../src-server/telephony/embedded/engine-options';
import type { ToneMeter } from '../../../src-server/telephony/embedded/media/tone-meter';
import {
  type CallControl,
  type Extension,
  type QueueDefinition,
  sipRealm,
  type Telephony,
  type TelephonyDirectory,
} from '../../../src-server/telephony/telephony';
import type { DeskSet, DeskSetCall } from '../../rig/desk-set';
import { readWav, type Wav } from '../../rig/wav';
import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import { type PhoneOptions, TestPhone } from '../../telephony/test-phone';
import { EventLog, type EventOf } from './event-log';

/** What the tests of both engines ask of one. */
type ControlledTelephony = Telephony & CallControl;

export type EngineName = Telephony['name'];

export interface CentreOptions {
  readonly queues?: readonly QueueDefinition[];
  readonly extensions?: readonly Extension[];
  /** Times that tests shorten; an engine without such a time goes by its own. */
  readonly timing?: Partial<EngineTiming & AsteriskTiming>;
}

export interface CustomerScript {
  /** Number of the queue that is called. */
  readonly queue: string;
  /** The customer's own number. */
  readonly number: string;
  readonly name: string | null;
  /** The tone that the customer says; null: nothing. */
  readonly hz: number | null;
}

/** Somebody outside the centre who has called it. */
export interface Customer {
  readonly callId: string;
  readonly state: 'waiting' | 'talking' | 'ended';
  /** What was heard in the last second of sound. */
  readonly heard: Pick<ToneMeter, 'rms' | 'level' | 'samples'>;
  /** Does nothing after the end. */
  hangUp(): void;
  /** Neither hears nor is heard until it comes back; does nothing where customers are the engine's own. */
  loseNetwork(): void;
  regainNetwork(): void;
}

/** A conversation between a customer and a telephone on a desk. */
export interface AtDesk {
  readonly desk: DeskSet;
  readonly customer: Customer;
  readonly call: DeskSetCall;
  /** Resolves when each hears the other. */
  readonly hear: () => Promise<unknown>;
}

/** What somebody outside does when called, by the end of the number; the same in both engines' networks. */
export const subscriberEndings = {
  answers: '000700',
  'not-found': '000404',
  unreachable: '000480',
  busy: '000486',
  rejects: '000603',
  'never answers': '000408',
} as const;
export type SubscriberBehaviour = keyof typeof subscriberEndings;

export const anExtension = (extension: string, over: Partial<Extension> = {}): Extension => ({
  extension,
  displayName: `Agent ${extension}`,
  isRecorded: extension !== '1003',
  deskPhone: null,
  ...over,
});

export const aQueue = (over: Partial<QueueDefinition> = {}): QueueDefinition => ({
  id: 'support',
  name: 'Support',
  number: '800',
  ringTimeoutMs: 5000,
  wrapUpMs: 0,
  memberExtensions: ['1001', '1002'],
  ...over,
});

const customerDefaults: CustomerScript = { queue: '800', number: '0145550142', name: 'Camille Roux', hz: 440 };

/** One of the engines with the same people, queues and network around it: what a test can do and see is the same. */
export abstract class BehaviourCentre<E extends ControlledTelephony = ControlledTelephony> extends EventLog {
  abstract readonly name: EngineName;
  queues: QueueDefinition[];
  extensions: Extension[];
  readonly recordingsFolder = mkdtempSync(join(tmpdir(), 'centre-recordings-'));
  /** Extensions that may not send calls outside. */
  readonly insideOnly = new Set<string>();
  /** Extensions whose phones take no second call. */
  readonly oneCall = new Set<string>();
  readonly logged: string[] = [];
  protected readonly phones: TestPhone[] = [];
  protected readonly sets: DeskSet[] = [];
  private readonly customers: Customer[] = [];
  private subscribers = 0;

  constructor(protected readonly options: CentreOptions = {}) {
    super();
    this.queues = [...(options.queues ?? [aQueue()])];
    this.extensions = [...(options.extensions ?? ['1001', '1002', '1003'].map(each => anExtension(each)))];
  }

  abstract get engine(): E;
  /** Address for phones, handed to `issueLineCredential`. */
  protected abstract get url(): string;
  abstract open(): Promise<void>;
  protected abstract callIn(script: CustomerScript): Promise<Customer>;
  /** Whoever outside is in a call with us ends it. */
  protected abstract subscribersHangUp(): void;
  /** What is left to do when nobody calls any more. */
  protected abstract cleared(): Promise<void>;
  protected abstract plugIn(extension: string, password: string, hz: number): Promise<DeskSet>;
  protected abstract shut(): Promise<void>;

  /** What a phone of this extension needs, with a fresh secret. */
  async credentials(extension: string, over: Partial<PhoneOptions> = {}): Promise<PhoneOptions> {
    const { secret, webSocketUrl: url } = await this.engine.issueLineCredential(extension, this.url);
    return { url, extension, secret, domain: sipRealm, ...over };
  }

  /** A registered phone that is available for its queues. */
  async phone(extension: string, over: Partial<PhoneOptions> = {}): Promise<TestPhone> {
    const phone = this.keep(await TestPhone.registered(await this.credentials(extension, over)));
    await until(`${extension} is registered`, () => this.engine.isRegistered(extension));
    await this.engine.setMemberPaused(extension, false, null);
    return phone;
  }

  /** A telephone on a desk, registered with its password, as the extension's digests have it, and available for its queues. */
  async deskSet(extension: string, password: string, hz: number): Promise<DeskSet> {
    const set = await this.plugIn(extension, password, hz);
    this.sets.push(set);
    await until(`${extension} is registered`, () => this.engine.isRegistered(extension));
    await this.engine.setMemberPaused(extension, false, null);
    return set;
  }

  /** Ends this phone with the test. */
  keep(phone: TestPhone): TestPhone {
    this.phones.push(phone);
    return phone;
  }

  /** Closes phones of which no test needs to know any more. */
  async putAway(phones: readonly TestPhone[]): Promise<void> {
    this.phones.splice(0, this.phones.length, ...this.phones.filter(each => !phones.includes(each)));
    await Promise.all(phones.map(phone => phone.close()));
  }

  /** A customer calls; resolves when the engine has told of the call. */
  async customer(script: Partial<CustomerScript> = {}): Promise<Customer> {
    const customer = await this.callIn({ ...customerDefaults, ...script });
    this.customers.push(customer);
    return customer;
  }

  /** A number outside, new each time, whose owner does this when called. One who answers says 700 Hz. */
  subscriber(behaviour: SubscriberBehaviour): string {
    this.subscribers = (this.subscribers + 1) % 100;
    return `06${String(this.subscribers).padStart(2, '0')}${subscriberEndings[behaviour]}`;
  }

  /** The customer and a phone that answered it, each hearing the other. */
  async talking(
    phone: TestPhone,
    script: Partial<CustomerScript> = {},
  ): Promise<{ customer: Customer; call: PhoneCall }> {
    const index = phone.incomingCount;
    const customer = await this.customer(script);
    const call = await phone.incoming(index);
    await call.answer();
    const hz = script.hz === undefined ? 440 : script.hz;
    await until(
      'both hear',
      () => (hz === null || call.media.heard.level(hz) > 4000) && customer.heard.level(call.media.hz) > 4000,
    );
    await this.joined(customer.callId, phone.options.extension);
    return { customer, call };
  }

  /** The customer (440 Hz) and the telephone on a desk (600) that answered it, each hearing the other. */
  async talkingAtDesk(extension: string, password: string): Promise<AtDesk> {
    const desk = await this.deskSet(extension, password, 600);
    const customer = await this.customer();
    const call = await desk.incoming();
    await call.answer();
    const hear = (): Promise<unknown> =>
      until('both hear', () => call.hears(440) > 4000 && customer.heard.level(600) > 4000);
    await hear();
    await this.joined(customer.callId, extension);
    return { desk, customer, call, hear };
  }

  recordingOf({ file }: Pick<EventOf<'recording-finished'>, 'file'>): Wav {
    return readWav(readFileSync(join(this.recordingsFolder, basename(file))));
  }

  /** Between tests: everybody hangs up, nothing is told yet. Throws when a fact that has an end got none or two. */
  async clear(): Promise<void> {
    for (const customer of this.customers.splice(0)) customer.hangUp();
    for (const set of this.sets) set.putDown();
    for (const call of this.phones.flatMap(({ calls }) => calls)) call.leave();
    this.subscribersHangUp();
    await until('all calls ended', () => this.unbalanced().length === 0, 20_000).catch(() => undefined);
    const unbalanced = this.unbalanced();
    await Promise.all([...this.phones.splice(0), ...this.sets.splice(0)].map(phone => phone.close()));
    await this.cleared();
    this.events.length = 0;
    this.speaking.length = 0;
    this.insideOnly.clear();
    this.oneCall.clear();
    this.queues = [...(this.options.queues ?? [aQueue()])];
    if (unbalanced.length > 0) throw new Error(`not exactly one end each: ${unbalanced.join(', ')}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.phones.splice(0), ...this.sets.splice(0)].map(phone => phone.close()));
    await this.shut();
    rmSync(this.recordingsFolder, { recursive: true, force: true });
  }

  protected readonly directory: TelephonyDirectory = {
    extensions: () => this.extensions,
    queues: () => this.queues,
    maySendOutside: extension => !this.insideOnly.has(extension),
    takesSecondCalls: extension => !this.oneCall.has(extension),
  };
  private readonly note = (message: string): void => void this.logged.push(message);
  protected readonly log = { debug: this.note, info: this.note, warn: this.note, error: this.note };
}
