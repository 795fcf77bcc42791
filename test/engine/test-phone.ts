import { vi } from 'vitest';
import { commandRunner } from '../../src-main/phone-engine/command-runner';
import { Phone } from '../../src-main/phone-engine/phone';
import type { CallEvent } from '../../src-shared/call/call-event';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import { engineReport } from '../../src-shared/ipc/engine-reports';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';

type ReportOf<Type extends EngineReport['type']> = Extract<EngineReport, { type: Type }>;
type CommandEnd = ReportOf<'done'> | ReportOf<'failed'>;

/** Every peer connection of the page, in order of birth: what is really sent is read here, not from the engine's own words. */
export const peerConnections: RTCPeerConnection[] = [];
const RealPeerConnection = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends RealPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peerConnections.push(this);
  }
};

const phones = new Set<TestPhone>();
/** Hangs everything up and signs all phones out. */
export async function closePhones(): Promise<void> {
  await Promise.all([...phones].map(phone => phone.command({ type: 'line.disconnect' })));
  phones.clear();
}

/** A phone engine driven as main drives it: commands in, reports out, both checked against their schemas. */
export class TestPhone {
  readonly user: string;
  readonly reports: EngineReport[] = [];
  readonly #send: (envelope: unknown) => void;
  #lastId = 0;

  constructor(user: string) {
    this.user = user;
    const report = (fact: EngineReport): void => {
      this.reports.push(engineReport.parse(fact));
    };
    const phone = new Phone(report);
    this.#send = commandRunner(command => phone.run(command), report);
    phones.add(this);
  }

  static async registered(user: string): Promise<TestPhone> {
    const phone = new TestPhone(user);
    await phone.command({ type: 'audio.warm-up' });
    await phone.connect();
    await phone.lineState('registered');
    return phone;
  }

  connect(more: { allowMd5?: boolean } = {}): Promise<CommandEnd> {
    return this.command({
      type: 'line.connect',
      credential: {
        webSocketUrl: `ws://wire/${this.user}`,
        sipUri: `sip:${this.user}@centre.local`,
        authorizationUser: this.user,
        secret: 'a-secret-of-sixteen',
        displayName: `Agent ${this.user}`,
        expiresAt: Date.now() + 3_600_000,
        allowMd5: false,
        ...more,
      },
    });
  }

  async command(command: EngineCommand): Promise<CommandEnd> {
    const id = `${this.user}-${(this.#lastId += 1)}`;
    this.#send({ id, command });
    return this.waitFor(
      'command to settle',
      reports =>
        reports.find(
          (report): report is CommandEnd =>
            (report.type === 'done' || report.type === 'failed') && report.commandId === id,
        ),
      15_000,
    );
  }

  async expectDone(command: EngineCommand): Promise<void> {
    const end = await this.command(command);
    if (end.type === 'failed') throw new Error(`${command.type} failed with ${end.code}: ${end.message}`);
  }

  waitFor<Found>(
    what: string,
    find: (reports: readonly EngineReport[]) => Found | undefined,
    timeout = 10_000,
  ): Promise<Found> {
    return vi.waitFor(
      () => {
        const found = find(this.reports);
        if (found === undefined) throw new Error(`${this.user} waits for ${what}; it had ${this.summary()}`);
        return found;
      },
      { timeout, interval: 5 },
    );
  }

  /** Waits until the latest line report is this state. */
  lineState(state: ReportOf<'line'>['line']['state'], timeout = 10_000): Promise<true> {
    return this.waitFor(
      `line ${state}`,
      () => (this.#lines().at(-1)?.line.state === state ? true : undefined),
      timeout,
    );
  }

  ringing(count = 1): Promise<ReportOf<'invite-received'>> {
    return this.waitFor('an INVITE', reports => reports.filter(report => report.type === 'invite-received')[count - 1]);
  }

  event<Type extends CallEvent['type']>(
    callId: string,
    type: Type,
    count = 1,
    timeout = 10_000,
  ): Promise<Extract<CallEvent, { type: Type }>> {
    return this.waitFor(
      `${count}× ${type}`,
      () =>
        this.events(callId).filter((event): event is Extract<CallEvent, { type: Type }> => event.type === type)[
          count - 1
        ],
      timeout,
    );
  }

  events(callId: string): CallEvent[] {
    return this.reports.flatMap(report => (report.type === 'call' && report.callId === callId ? [report.event] : []));
  }

  summary(): string {
    return this.reports
      .map(report => {
        if (report.type === 'call') return report.event.type;
        if (report.type === 'line') return `line:${report.line.state}`;
        return report.type === 'log' ? `log:${report.message}` : report.type;
      })
      .join(', ');
  }

  #lines(): ReportOf<'line'>[] {
    return this.reports.filter((report): report is ReportOf<'line'> => report.type === 'line');
  }
}

export interface TwoInACall {
  readonly alice: TestPhone;
  readonly bob: TestPhone;
  readonly aliceCall: string;
  readonly bobCall: string;
  readonly alicePeer: RTCPeerConnection;
  readonly bobPeer: RTCPeerConnection;
}

/** 1001 calls 1002, who answers; both hear each other. */
export async function twoInACall(): Promise<TwoInACall> {
  const before = peerConnections.length;
  const [alice, bob] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
  const aliceCall = crypto.randomUUID();
  await alice.expectDone({ type: 'call.dial', callId: aliceCall, target: '1002' });
  const { callId: bobCall } = await bob.ringing();
  await bob.expectDone({ type: 'call.answer', callId: bobCall });
  await Promise.all([alice.event(aliceCall, 'media-confirmed'), bob.event(bobCall, 'media-confirmed')]);
  // Others are spares for the next number to be dialled: they have no other side.
  const peerWith = (heard: RTCSdpType): RTCPeerConnection | undefined =>
    peerConnections.slice(before).find(({ remoteDescription }) => remoteDescription?.type === heard);
  const [alicePeer, bobPeer] = [peerWith('answer'), peerWith('offer')];
  if (alicePeer === undefined || bobPeer === undefined) throw new Error('no peer connections');
  return { alice, bob, aliceCall, bobCall, alicePeer, bobPeer };
}

async function rtpFigure(peer: RTCPeerConnection, type: 'inbound-rtp' | 'outbound-rtp', name: string): Promise<number> {
  let figure = 0;
  (await peer.getStats()).forEach((entry: Record<string, unknown>) => {
    if (entry['type'] === type && typeof entry[name] === 'number') figure += entry[name];
  });
  return figure;
}

export const packetsSent = (peer: RTCPeerConnection): Promise<number> => rtpFigure(peer, 'outbound-rtp', 'packetsSent');
export const packetsReceived = (peer: RTCPeerConnection): Promise<number> =>
  rtpFigure(peer, 'inbound-rtp', 'packetsReceived');

/** Waits until sound, not only packets, has arrived; the fake microphone beeps once a second. */
export async function hears(peer: RTCPeerConnection, timeout = 6_000): Promise<void> {
  const energy = await rtpFigure(peer, 'inbound-rtp', 'totalAudioEnergy');
  await vi.waitUntil(async () => (await rtpFigure(peer, 'inbound-rtp', 'totalAudioEnergy')) > energy + 1e-3, {
    timeout,
    interval: 50,
  });
}

/** Sound energy that arrives within `ms`. */
export async function energyWithin(peer: RTCPeerConnection, ms: number): Promise<number> {
  const before = await rtpFigure(peer, 'inbound-rtp', 'totalAudioEnergy');
  const until = performance.now() + ms;
  await vi.waitUntil(() => performance.now() > until, { timeout: ms + 1_000, interval: 20 });
  return (await rtpFigure(peer, 'inbound-rtp', 'totalAudioEnergy')) - before;
}
