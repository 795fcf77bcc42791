import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readline from 'node:readline';
import { WebSocketServer } from 'ws';
import { buildServer } from '../../src-server/build-server';
import { systemClock } from '../../src-server/system-clock';
import type { TelephonyEvent } from '../../src-server/telephony/telephony';
import { FakeTelephony } from '../../test/fakes/fake-telephony';

export interface StormOrder {
  /** The app hears of it through the server; the peer hears every event by itself. */
  readonly to: 'ours' | 'peer';
  readonly perSecond: number;
  readonly seconds: number;
}
export interface StormEnd {
  readonly told: number;
  /** Who waits at the end, next first. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

const queueIds = ['support', 'sales', 'billing'];
const callers = 600;
const batchMs = 10;

/** The real server on a real database with an engine that tells what it is told to, in a process of its own. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'softphone-storm-'));
  const telephony = new FakeTelephony();
  const app = await buildServer({
    dataFolder: folder,
    assetsFolder: folder,
    clock: systemClock,
    logLevel: 'silent',
    host: '127.0.0.1',
    publicUrl: null,
    tls: null,
    name: 'Storm',
    support: { email: null, phone: null },
    demo: { key: null, isScheduled: false },
    createTelephony: () => telephony,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(sockets, 'listening');
  const storm = new Storm(telephony, event => {
    for (const socket of sockets.clients) socket.send(JSON.stringify(event));
  });
  storm.begin();
  process.stdout.write(`${JSON.stringify({ url, peerPort: (sockets.address() as AddressInfo).port })}\n`);
  for await (const line of readline.createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await storm.blow(JSON.parse(line) as StormOrder))}\n`);
  sockets.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Callers who join and leave at random, about half of them waiting. */
class Storm {
  private readonly callIds = Array.from({ length: callers }, () => randomUUID());
  private readonly lines = new Map<string, string[]>(queueIds.map(id => [id, []]));

  constructor(
    private readonly telephony: FakeTelephony,
    private readonly tellPeer: (event: TelephonyEvent) => void,
  ) {}

  begin(): void {
    this.callIds.forEach((callId, index) => {
      const from = { number: `+3319900${String(index).padStart(4, '0')}`, name: `Caller ${index}` };
      this.telephony.tell({
        type: 'call-started',
        at: Date.now(),
        callId,
        direction: 'inbound',
        from,
        to: { number: '8001' },
      });
    });
  }

  async blow({ to, perSecond, seconds }: StormOrder): Promise<StormEnd> {
    const startedAt = performance.now();
    let told = 0;
    const total = perSecond * seconds;
    await new Promise<void>(done => {
      const timer = setInterval(() => {
        const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
        for (; told < due; told += 1) this.tellOne(to);
        if (told < total) return;
        clearInterval(timer);
        done();
      }, batchMs);
    });
    return { told, lines: Object.fromEntries(this.lines) };
  }

  private tellOne(to: StormOrder['to']): void {
    const index = Math.floor(Math.random() * callers);
    const callId = this.callIds[index] ?? '';
    const queueId = queueIds[index % queueIds.length] ?? '';
    const line = this.lines.get(queueId) ?? [];
    const place = line.indexOf(callId);
    const at = Date.now();
    if (place >= 0) line.splice(place, 1);
    else line.push(callId);
    const event: TelephonyEvent =
      place >= 0
        ? { type: 'queue-left', at, callId, queueId, cause: 'abandoned' }
        : { type: 'queue-joined', at, callId, queueId, position: line.length };
    this.telephony.waiting.set(
      queueId,
      line.map(each => ({ callId: each, number: '' })),
    );
    // Both are told by the same engine; only who listens differs.
    if (to === 'ours') this.telephony.tell(event);
    else this.tellPeer(event);
  }
}
