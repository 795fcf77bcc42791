import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AgentPolicy, WrapUpPolicy } from '../../src-shared/policy/agent-policy';
import type { Punctuality } from '../../src-server/telephony/embedded/media/media-clock';
import { openDatabase } from '../../src-server/database/open-database';
import { peaksFileOf } from '../../src-server/recordings/peak-meter';
import type { PhoneMedia } from '../../src-server/demo/phone-media-watch';
import { runServerCommand, startCentralServer } from '../../scripts/central-server.mjs';
import type { LineCredential } from '../../src-shared/line/line-state';
import type { JournalledCall } from '../../src-shared/server-api/rest-routes';
import { AsteriskCustomers } from './asterisk-customers';
import { type DeskSet, overUdp, overWebSocket } from './desk-set';
import { FaultProxy } from './fault-proxy';
import { type Wav, readWav } from './wav';

/** Where the desk phone of a spec is on this machine; the carrier has an address of its own too. */
const deskHost = '127.0.0.21';

/** What agents say in the specs and on the bench. */
const agentTone = 700;
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

/** What a desk phone needs to register. */
export interface DeskPhoneSettings {
  readonly url: string;
  readonly extension: string;
  readonly secret: string;
  readonly domain: string;
}

/** With ENGINE=asterisk. */
interface RealPbx {
  /** They come over its trunk. */
  readonly customers: AsteriskCustomers;
  /** Leads phones to Asterisk and everything else to the server, as a company's reverse proxy does. */
  readonly front: FaultProxy;
}

/** The real central server with demo data and no scheduled callers, asked as an outsider asks it. */
export class DemoCentre {
  private readonly customers: Customer[] = [];
  private constructor(
    private server: Awaited<ReturnType<typeof startCentralServer>>,
    private readonly data: string,
    private readonly args: string[],
    private readonly pbx: RealPbx | null,
  ) {}

  static async open(extra: string[] = []): Promise<DemoCentre> {
    const data = await mkdtemp(join(tmpdir(), 'softphone-centre-'));
    const asterisk = process.env['ENGINE'] === 'asterisk' ? await AsteriskCustomers.open() : null;
    const engine = asterisk === null ? [] : [...asterisk.serverArgs, '--sip-url', '/sip'];
    const args = [
      '--demo',
      '--no-schedule',
      '--demo-key',
      demoKey,
      '--channels',
      '30',
      '--data',
      data,
      ...engine,
      ...extra,
    ];
    const server = await startCentralServer({ args: [...args, '--port', '0'] });
    const pbx =
      asterisk === null
        ? null
        : { customers: asterisk, front: await FaultProxy.before(server.url, asterisk.access.webSocketUrl) };
    const centre = new DemoCentre(server, data, args, pbx);
    // Who has talked is free at once, unless a test is about what is done afterwards. A certificate nobody vouches for is for the app to judge.
    if (server.url.startsWith('http:')) await centre.wrapUpIs({ mode: 'none' });
    return centre;
  }

  /** What is done after calls from now on; to be said before an app signs in. Null: in every queue. */
  async wrapUpIs(wrapUp: Partial<WrapUpPolicy>, queueId: string | null = null): Promise<void> {
    const usual = { mode: 'automatic', seconds: 30, extensionSeconds: 30, extensions: 2 };
    await this.ask('PUT', '/api/demo/wrap-up', { queueId, wrapUp: { ...usual, ...wrapUp } });
  }

  /**
   * False with Asterisk: app_queue looks for free people once a second, and who goes back to a break before that is never rung.
   */
  get offersAtOnce(): boolean {
    return this.pbx === null;
  }

  get url(): string {
    return this.pbx?.front.url ?? this.server.url;
  }

  /** Comes back on the same port, with the same data, as after a crash. */
  async restart(): Promise<void> {
    const { port } = new URL(this.server.url);
    await this.server.kill();
    if (this.pbx === null) this.customers.length = 0; // their calls ended with it
    this.server = await startCentralServer({ args: [...this.args, '--port', port] });
  }

  /** The last of what Asterisk said, and the server after it. */
  get said(): string {
    return [this.pbx?.customers.said ?? '', this.server.said()].join('\n');
  }

  /** Asterisk dies without a word and is started again. @throws with the embedded engine, which dies with the server */
  async crashPbx(): Promise<void> {
    if (this.pbx === null) throw new Error('no PBX beside the server');
    this.customers.length = 0; // their calls ended with it
    await this.pbx.customers.crashAsterisk();
  }

  async close(): Promise<void> {
    await this.pbx?.front.stop();
    await this.server.stop();
    await this.pbx?.customers.close();
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
    const customer =
      this.pbx === null
        ? await this.simulatedCustomer(script)
        : await this.customerOverTrunk(this.pbx.customers, script);
    this.customers.push(customer);
    return customer;
  }

  private async simulatedCustomer(script: CustomerScript): Promise<Customer> {
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
    return {
      callId,
      state: async () => (await this.ask<{ state: string }>('GET', path)).state,
      hears: async hz => (await this.ask<{ heardHz: number }>('GET', `${path}?hz=${hz}`)).heardHz / 32_768,
      hangUp: async () => void (await this.ask('POST', `${path}/hang-up`, {})),
    };
  }

  /** The same customer, calling a real PBX. */
  private async customerOverTrunk(asterisk: AsteriskCustomers, script: CustomerScript): Promise<Customer> {
    const { queueId = 'support', number = '+33145550142', name = 'Camille Roux' } = script;
    const { voice = { kind: 'tone', hz: 440 }, givesUpAfterMs = null, hangsUpAfterMs = null } = script;
    const { callId, call } = await asterisk.call({
      queueId,
      number,
      name,
      hz: voice.kind === 'tone' ? voice.hz : null,
    });
    call.media.awaitTone(agentTone);
    for (const ms of [givesUpAfterMs, hangsUpAfterMs]) if (ms !== null) setTimeout(() => call.hangUp(), ms).unref();
    return {
      callId,
      state: async () => {
        if (call.state === 'ended') return 'ended';
        return (await this.mediaOf(callId)).isAnswered ? 'talking' : 'waiting';
      },
      hears: async hz => call.heard.level(hz) / 32_768,
      hangUp: async () => call.hangUp(),
    };
  }

  /** Nobody is left waiting for the next test's agent. */
  async sendCustomersHome(): Promise<void> {
    for (const customer of this.customers.splice(0)) if ((await customer.state()) !== 'ended') await customer.hangUp();
  }

  async setAvailability(identifier: string, state: 'available' | 'on-break'): Promise<void> {
    await this.ask(
      'POST',
      `/api/demo/agents/${identifier}/availability`,
      state === 'available' ? { state } : { state, reason: 'other' },
    );
  }

  /** What an administrator does: the extension gets a desk phone. @returns what that phone needs to register */
  async makeDeskPhone(extension: string): Promise<DeskPhoneSettings> {
    const said = await runServerCommand(['desk-phone', '--data', this.data, '--extension', extension]);
    const secret = /password +(\S+)/.exec(said)?.[1];
    if (secret === undefined) throw new Error(`no password in: ${said}`);
    return { url: `${this.url.replace(/^http/, 'ws')}/sip`, extension, secret, domain: 'centre.local' };
  }

  /** How punctually the embedded engine has mixed everybody's sound so far. */
  punctuality(): Promise<Punctuality> {
    return this.ask('GET', '/api/demo/punctuality');
  }

  /** What an administrator does: this part of the policy is otherwise from now on. Resolves when the running server has seen it. */
  async policyIs(change: Partial<AgentPolicy>): Promise<void> {
    const shown = JSON.parse(await runServerCommand(['policy', '--show', '--data', this.data])) as AgentPolicy;
    const file = join(this.data, 'policy.json');
    await writeFile(file, JSON.stringify({ ...shown, ...change }));
    await runServerCommand(['policy', '--set', file, '--data', this.data]);
    const read = await this.supervisor();
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const present = await read<AgentPolicy>('/api/policy');
      if (JSON.stringify({ ...present, ...change }) === JSON.stringify(present)) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error('the server does not see its new policy');
  }

  /** Such a phone on a desk, registered: over WebSocket with the embedded engine, over UDP with Asterisk. */
  plugIn({ url, extension, secret, domain }: DeskPhoneSettings, hz: number): Promise<DeskSet> {
    if (this.pbx === null) return overWebSocket({ url, extension, secret, domain, hz });
    const asterisk = this.pbx.customers.sipAddress;
    return overUdp({ host: deskHost, asterisk, extension, password: secret, domain, hz });
  }

  async takeDeskPhoneAway(extension: string): Promise<void> {
    await runServerCommand(['desk-phone', '--data', this.data, '--extension', extension, '--web']);
  }

  /** Somebody works here no more. */
  async removePerson(extension: string): Promise<void> {
    const db = openDatabase({ file: join(this.data, 'server.db') });
    await db.deleteFrom('people').where('extension', '=', extension).execute();
    await db.destroy();
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

  /** What is known of the media of the phone that was offered this call: by the engine, and at the customer's end where that is outside of it. */
  async mediaOf(callId: string): Promise<PhoneMedia> {
    const known = await this.ask<PhoneMedia>('GET', `/api/demo/calls/${callId}/media`);
    const customer = this.pbx?.customers.callOf(callId)?.media;
    if (customer === undefined) return known;
    return { ...known, keys: customer.keys, firstPacketAfterAnswerAt: customer.toneBeganAt };
  }

  async journalOf(callId: string): Promise<JournalledCall> {
    const read = await this.supervisor();
    return read(`/api/calls/${callId}`);
  }

  /** A supervisor's eyes, so that no agent's session is touched. */
  private async supervisor(): Promise<<T>(path: string) => Promise<T>> {
    const { accessToken } = await this.ask<{ accessToken: string }>('POST', '/api/sign-in', {
      identifier: '2003',
      password: 'demo-2003',
      machine: 'suite',
    });
    return path => this.ask('GET', path, undefined, { authorization: `Bearer ${accessToken}` });
  }

  /** The same, once the call is over there too: who hung up knows of it before the centre has written it down. */
  async storyOf(callId: string): Promise<JournalledCall> {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const call = await this.journalOf(callId);
      if (call.endCause !== null) return call;
    }
    throw new Error(`call ${callId} has no end in the journal`);
  }

  /** The recording file on the server's disk, taken apart. */
  async recording(recordingId: string): Promise<Wav> {
    return readWav(readFileSync(await this.fileOf(recordingId)));
  }

  /** Other bytes stand in a finished recording's place; null: there is no file any more. */
  async soundIs(recordingId: string, bytes: Buffer | null, durationMs = 0): Promise<void> {
    const db = openDatabase({ file: join(this.data, 'server.db') });
    const isIt = db.selectFrom('recordings').select('file').where('id', '=', recordingId);
    const file = join(this.data, 'recordings', (await isIt.executeTakeFirstOrThrow()).file);
    for (const each of [file, peaksFileOf(file)]) await rm(each, { force: true });
    if (bytes !== null) await writeFile(file, bytes);
    await db.updateTable('recordings').set({ duration_ms: durationMs }).where('id', '=', recordingId).execute();
    const index = db.updateTable('recording_index').set({ duration_ms: durationMs });
    await index.where('recording_id', '=', recordingId).execute();
    await db.destroy();
  }

  /** Where the server keeps a recording; its id may be given in part. */
  async fileOf(recordingId: string): Promise<string> {
    const folder = join(this.data, 'recordings');
    const names = await readdir(folder, { recursive: true });
    const name = names.find(each => basename(each).includes(recordingId) && each.endsWith('.wav'));
    if (name === undefined) throw new Error(`no recording ${recordingId} among ${names.length} files`);
    return join(folder, name);
  }
}
