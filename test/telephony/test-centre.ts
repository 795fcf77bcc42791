import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EmbeddedTelephony } from '../../src-server/telephony/embedded/embedded-telephony';
import type { EmbeddedTelephonyOptions } from '../../src-server/telephony/embedded/engine-options';
import type { QueueDefinition, TelephonyEvent } from '../../src-server/telephony/telephony';
import type { Clock } from '../../src-shared/base/clock';
import { until } from './sip-socket';
import { TestPhone, type PhoneOptions } from './test-phone';

export const domain = 'centre.test';

const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export const aQueue = (over: Partial<QueueDefinition> = {}): QueueDefinition => ({
  id: 'support',
  name: 'Support',
  number: '800',
  ringTimeoutMs: 5000,
  wrapUpMs: 0,
  memberExtensions: ['1001', '1002'],
  ...over,
});

type Type = TelephonyEvent['type'];
type EventOf<T extends Type> = Extract<TelephonyEvent, { type: T }>;

/** A real engine behind a real HTTP server on 127.0.0.1, and its phones. */
export class TestCentre {
  readonly events: TelephonyEvent[] = [];
  readonly logged: string[] = [];
  readonly recordingsFolder = mkdtempSync(join(tmpdir(), 'telephony-'));
  queues: QueueDefinition[];
  engine: EmbeddedTelephony;
  url = '';
  private readonly phones: TestPhone[] = [];
  private readonly http: Server = createServer();

  private constructor(queues: QueueDefinition[], options: Partial<EmbeddedTelephonyOptions>) {
    this.queues = queues;
    const note = (message: string): void => void this.logged.push(message);
    this.engine = new EmbeddedTelephony({
      directory: {
        extensions: () =>
          ['1001', '1002', '1003'].map(extension => ({
            extension,
            displayName: `Agent ${extension}`,
            isRecorded: extension !== '1003',
            deskPhone: null,
          })),
        queues: () => this.queues,
      },
      domain,
      recordingsFolder: this.recordingsFolder,
      assetsFolder: resolve('assets'),
      clock: realClock,
      log: { debug: note, info: note, warn: note, error: note },
      ...options,
    });
    this.engine.onEvent(event => this.events.push(event));
    this.http.on('upgrade', (request, socket, head) => this.engine.handleUpgrade(request, socket, head));
  }

  static async open(
    queues: QueueDefinition[] = [aQueue()],
    options: Partial<EmbeddedTelephonyOptions> = {},
  ): Promise<TestCentre> {
    const centre = new TestCentre(queues, options);
    await centre.engine.start();
    await new Promise<void>(listening => centre.http.listen(0, '127.0.0.1', listening));
    centre.url = `ws://127.0.0.1:${(centre.http.address() as AddressInfo).port}/sip`;
    return centre;
  }

  /** What a phone of this extension needs, with a fresh secret. */
  async credentials(extension: string, over: Partial<PhoneOptions> = {}): Promise<PhoneOptions> {
    const { secret } = await this.engine.issueLineCredential(extension, this.url);
    return { url: this.url, extension, secret, domain, ...over };
  }

  /** A registered phone that is available for its queues. */
  async phone(extension: string, over: Partial<PhoneOptions> = {}): Promise<TestPhone> {
    const phone = this.keep(await TestPhone.registered(await this.credentials(extension, over)));
    await this.engine.setMemberPaused(extension, false, null);
    return phone;
  }

  /** Closes this phone at the end of the test. */
  keep(phone: TestPhone): TestPhone {
    this.phones.push(phone);
    return phone;
  }

  caller(
    over: Partial<Parameters<EmbeddedTelephony['simulateCaller']>[0]> = {},
  ): ReturnType<EmbeddedTelephony['simulateCaller']> {
    return this.engine.simulateCaller({
      queueId: 'support',
      number: '+33612345678',
      name: 'Jeanne Moreau',
      voice: { kind: 'tone', hz: 440 },
      givesUpAfterMs: null,
      hangsUpAfterMs: null,
      whenHeld: 'waits',
      ...over,
    });
  }

  of<T extends Type>(type: T, matches: (event: EventOf<T>) => boolean = () => true): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>));
  }

  event<T extends Type>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
    withinMs?: number,
  ): Promise<EventOf<T>> {
    return until(`event ${type}`, () => this.of(type, matches)[0], withinMs);
  }

  /** Closes, and throws when a fact that has an end got none or two. */
  async closeBalanced(): Promise<void> {
    await this.close();
    const unbalanced = this.unbalanced();
    if (unbalanced.length > 0) throw new Error(`not exactly one end each: ${unbalanced.join(', ')}`);
  }

  /** The rules that hold for every stream of events. */
  unbalanced(): string[] {
    const count = (type: Type, id: (event: TelephonyEvent) => string): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const event of this.events) if (event.type === type) counts.set(id(event), (counts.get(id(event)) ?? 0) + 1);
      return counts;
    };
    const callOf = (event: TelephonyEvent): string => ('callId' in event ? event.callId : '');
    const legOf = (event: TelephonyEvent): string => ('legId' in event ? event.legId : '');
    const pairs = [
      ['call-started', 'call-ended', callOf],
      ['leg-started', 'leg-ended', legOf],
      ['offered', 'offer-ended', legOf],
      ['queue-joined', 'queue-left', callOf],
      ['transfer-started', 'transfer-ended', callOf],
      ['conference-started', 'conference-ended', callOf],
      ['recording-started', 'recording-finished', callOf],
    ] as const;
    return pairs.flatMap(([start, end, id]) => {
      const [starts, ends] = [count(start, id), count(end, id)];
      const ids = new Set([...starts.keys(), ...ends.keys()]);
      return [...ids].filter(key => starts.get(key) !== ends.get(key)).map(key => `${start}/${end} ${key}`);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.phones.map(phone => phone.close()));
    await this.engine.stop();
    await new Promise<void>(closed => this.http.close(() => closed()));
    rmSync(this.recordingsFolder, { recursive: true, force: true });
  }
}
