import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeInstance, startInstance, stopInstance } from '../../scripts/asterisk-instance.mjs';
import { systemClock } from '../../src-server/system-clock';
import { AsteriskTelephony } from '../../src-server/telephony/asterisk/asterisk-telephony';
import type { AsteriskAccess } from '../../src-server/telephony/asterisk/config/config-options';
import type { QueueDefinition, TelephonyEvent } from '../../src-server/telephony/telephony';
import { Carrier } from '../rig/carrier';
import { carrierHost, openAsterisk, type OwnAsterisk } from '../rig/asterisk';
import { TcpProxy } from '../rig/tcp-proxy';
import { until } from '../telephony/sip-socket';
import { aQueue, EventLog } from './event-log';
import { type PhoneOptions, TestPhone } from '../telephony/test-phone';

/** A real Asterisk, its adapter, phones and a telephone network, in one test file. */
export class AsteriskCentre extends EventLog {
  readonly recordingsFolder = mkdtempSync(join(tmpdir(), 'asterisk-recordings-'));
  readonly logged: string[] = [];
  queues: QueueDefinition[] = [aQueue()];
  engine: AsteriskTelephony;
  private readonly phones: TestPhone[] = [];

  private constructor(
    private readonly asterisk: OwnAsterisk,
    readonly carrier: Carrier,
    /** The cable between the adapter and Asterisk's manager port. */
    readonly ami: TcpProxy,
  ) {
    super();
    this.engine = this.newEngine();
  }

  static async open(queues?: QueueDefinition[]): Promise<AsteriskCentre> {
    const asterisk = await openAsterisk();
    const carrier = await Carrier.open(carrierHost, asterisk.trunkPort, { host: '127.0.0.1', port: asterisk.sipPort });
    const ami = await TcpProxy.before('127.0.0.1', asterisk.access.ami.port);
    const centre = new AsteriskCentre(asterisk, carrier, ami);
    if (queues !== undefined) centre.queues = queues;
    await centre.engine.start();
    return centre;
  }

  /** A registered phone that is available for its queues. */
  async phone(extension: string, over: Partial<PhoneOptions> = {}): Promise<TestPhone> {
    const { secret, webSocketUrl: url } = await this.engine.issueLineCredential(extension, 'ws://unused/');
    const phone = await TestPhone.registered({ url, extension, secret, domain: 'centre.local', ...over });
    this.phones.push(phone);
    await until('seen as registered', () => this.engine.isRegistered(extension));
    await this.engine.setMemberPaused(extension, false, null);
    return phone;
  }

  /** Asterisk dies without a word. */
  async killAsterisk(): Promise<void> {
    await stopInstance(this.asterisk.name, 'SIGKILL');
  }

  async startAsterisk(): Promise<void> {
    await startInstance(this.asterisk.name);
  }

  get access(): AsteriskAccess {
    const { access } = this.asterisk;
    return { ...access, ami: { ...access.ami, port: this.ami.port } };
  }

  /** Between tests: no phones, no calls, and nothing told yet. Throws when a fact that has an end got none or two. */
  async clear(): Promise<void> {
    for (const call of this.carrier.calls) if (call.state !== 'ended') call.hangUp();
    await Promise.all(this.phones.splice(0).map(phone => phone.close()));
    for (const extension of ['1001', '1002', '1003']) await this.engine.setMemberPaused(extension, true, null);
    await until('all calls ended', () => this.of('call-started').length === this.of('call-ended').length);
    const unbalanced = this.unbalanced();
    this.carrier.calls.length = 0;
    this.events.length = 0;
    if (unbalanced.length > 0) throw new Error(`not exactly one end each: ${unbalanced.join(', ')}`);
  }

  async close(): Promise<void> {
    await Promise.all(this.phones.map(phone => phone.close()));
    this.carrier.close();
    await this.engine.stop();
    await this.ami.close();
    await removeInstance(this.asterisk.name);
    rmSync(this.recordingsFolder, { recursive: true, force: true });
  }

  /** An adapter of its own, not started, for this Asterisk or for one that is reached otherwise. */
  newEngine(access: AsteriskAccess = this.access): AsteriskTelephony {
    const note = (message: string): void => void this.logged.push(message);
    const engine = new AsteriskTelephony({
      access,
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
      recordingsFolder: this.recordingsFolder,
      clock: systemClock,
      log: { debug: note, info: note, warn: note, error: note },
    });
    engine.onEvent((event: TelephonyEvent) => this.events.push(event));
    return engine;
  }
}
