import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneMedia } from '../../src-server/demo/phone-media-watch';
import { startCentralServer } from '../../scripts/central-server.mjs';
import type { LineCredential } from '../../src-shared/line/line-state';
import type { JournalledCall } from '../../src-shared/server-api/rest-routes';
import { AsteriskCustomers } from './asterisk-customers';
import { type Wav, readWav } from './wav';

const demoKey = 'key-of-the-test-suite';

/** What a simulated customer does. */
export interface CustomerScript {
  readonly queueId?: string;
  readonly number?: string;
  readonly name?: string;
  readonly voice?: { readonly kind: 'tone'; readonly hz: number } | { readonly kind: 'silence' };
  readonly givesUpAfterMs?: number | null;
  readonly hangsUpAfterMs?: number | null;
}

export interface Customer {
  readonly callId: string;
  state(): Promise<string>;
  /** How loud this customer hears that tone, 0 to 1. */
  hears(hz: number): Promise<number>;
  hangUp(): Promise<void>;
}

/** The real central server with demo data and no scheduled callers, asked as an outsider asks it. */
export class DemoCentre {
  private readonly customers: Customer[] = [];
  private constructor(
    private server: Awaited<ReturnType<typeof startCentralServer>>,
    private readonly data: string,
    private readonly args: string[],
    /** With ENGINE=asterisk customers come over the trunk of a real Asterisk. */
    private readonly asterisk: AsteriskCustomers | null,
  ) {}

  static async open(extra: string[] = []): Promise<DemoCentre> {
    const data = await mkdtemp(join(tmpdir(), 'softphone-centre-'));
    const asterisk = process.env['ENGINE'] === 'asterisk' ? await AsteriskCustomers.open() : null;
    const engine = asterisk?.serverArgs ?? [];
    const args = ['--demo', '--no-schedule', '--demo-key', demoKey, '--data', data, ...engine, ...extra];
    return new DemoCentre(await startCentralServer({ args: [...args, '--port', '0'] }), data, args, asterisk);
  }

  get url(): string {
    return this.server.url;
  }

  /** Comes back on the same port, with the same data, as after a crash. */
  async restart(): Promise<void> {
    const { port } = new URL(this.url);
    await this.server.kill();
    this.customers.length = 0; // their calls ended with it
    this.server = await startCentralServer({ args: [...this.args, '--port', port] });
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.asterisk?.close();
    await rm(this.data, { recursive: true, force: true });
  }

  private async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        'x-demo-key': demoKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A customer calls a queue. Says 440 Hz and waits for ever unless told otherwise. */
  async customerCalls(script: CustomerScript = {}): Promise<Customer> {
    if (this.asterisk !== null) return customerOverTrunk(this.asterisk, script);
    const { callId } = await this.ask<{ callId: string }>('POST', '/api/demo/callers', {
      queueId: 'support',
      number: '+33145550142',
      name: 'Camille Roux',
      voice: { kind: 'tone', hz: 440 },
      givesUpAfterMs: null,
      hangsUpAfterMs: null,
      whenHeld: 'waits',
      ...script,
    });
    const path = `/api/demo/callers/${callId}`;
    const customer: Customer = {
      callId,
      state: async () => (await this.ask<{ state: string }>('GET', path)).state,
      hears: async hz => (await this.ask<{ heardHz: number }>('GET', `${path}?hz=${hz}`)).heardHz / 32_768,
      hangUp: async () => void (await this.ask('POST', `${path}/hang-up`, {})),
    };
    this.customers.push(customer);
    return customer;
  }

  /** Nobody is left waiting for the next test's agent. */
  async sendCustomersHome(): Promise<void> {
    for (const customer of this.customers.splice(0)) if ((await customer.state()) !== 'ended') await customer.hangUp();
  }

  async setAvailability(identifier: string, state: 'available' | 'on-break'): Promise<void> {
    await this.ask(
      'POST',
      `/api/demo/agents/${identifier}/availability`,
      state === 'available' ? { state } : { state, reason: 'bench' },
    );
  }

  /** A SIP line without an app. */
  async lineOf(identifier: string, password: string, throughUrl = this.url): Promise<LineCredential> {
    const answer = await fetch(`${throughUrl}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier, password, machine: 'bench' }),
    });
    if (!answer.ok) throw new Error(`sign-in of ${identifier}: ${answer.status}`);
    return ((await answer.json()) as { line: LineCredential }).line;
  }

  /** Whether `mediaOf` can say what a phone sent before it was answered: a real PBX keeps that to itself. */
  get knowsEarlyMedia(): boolean {
    return this.asterisk === null;
  }

  /** What the engine knows of the media of the phone that was offered this call. */
  async mediaOf(callId: string): Promise<Pick<PhoneMedia, 'keys'> & Partial<PhoneMedia>> {
    if (this.asterisk !== null) return { keys: this.asterisk.callOf(callId)?.media.keys ?? '' };
    return this.ask('GET', `/api/demo/callers/${callId}/media`);
  }

  /** One call from the journal, read with a supervisor's eyes so that no agent's session is touched. */
  async journalOf(callId: string): Promise<JournalledCall> {
    const { accessToken } = await this.ask<{ accessToken: string }>('POST', '/api/sign-in', {
      identifier: '2003',
      password: 'demo-2003',
      machine: 'suite',
    });
    return this.ask('GET', `/api/calls/${callId}`, undefined, { authorization: `Bearer ${accessToken}` });
  }

  /** The recording file on the server's disk, taken apart. */
  async recording(recordingId: string): Promise<Wav> {
    const folder = join(this.data, 'recordings');
    const names = await readdir(folder, { recursive: true });
    const name = names.find(each => each.endsWith(`${recordingId}.wav`));
    if (name === undefined) throw new Error(`no recording ${recordingId} among ${names.length} files`);
    return readWav(readFileSync(join(folder, name)));
  }
}

/** The same customer, calling a real PBX. */
async function customerOverTrunk(asterisk: AsteriskCustomers, script: CustomerScript): Promise<Customer> {
  const { queueId = 'support', number = '+33145550142', name = 'Camille Roux' } = script;
  const { voice = { kind: 'tone', hz: 440 } } = script;
  const hz = voice.kind === 'tone' ? voice.hz : null;
  const { callId, call } = await asterisk.call({ queueId, number, name, hz });
  const { givesUpAfterMs = null, hangsUpAfterMs = null } = script;
  for (const ms of [givesUpAfterMs, hangsUpAfterMs]) if (ms !== null) setTimeout(() => call.hangUp(), ms).unref();
  return {
    callId,
    state: async () => (call.state === 'ended' ? 'ended' : 'waiting'),
    hears: async hz => call.heard.level(hz) / 32_768,
    hangUp: async () => call.hangUp(),
  };
}
