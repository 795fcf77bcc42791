import { heardQuality } from '../../../src-shared/audio/e-model';
import type { CallQuality } from '../../../src-shared/call/call';
import type { Log } from '../report';
import { messageOf } from '../report';

const lookEveryMs = 1_000;
const interruptedAfterMs = 3_000;
/** Quality is told every second look, that is every 2 s. */
const looksPerReport = 2;

interface CallQualityEdges {
  /** On hold nothing need arrive. */
  isPaused(): boolean;
  onQuality(quality: CallQuality): void;
  onInterrupted(isInterrupted: boolean): void;
  log: Log;
}
export interface CallQualityWatch {
  readonly isFlowing: boolean;
  /** Held or resumed just now: what was concealed meanwhile says nothing about the connection. */
  startOver(): void;
  stop(): void;
}

/** The counters of `getStats()` that we use; all grow for ever. */
interface Counters {
  readonly packets: number;
  readonly samples: number;
  readonly concealed: number;
  readonly concealments: number;
  readonly bufferDelay: number;
  readonly buffered: number;
  readonly playoutDelay: number;
  readonly played: number;
  readonly roundTripMs: number;
  readonly jitterMs: number;
  readonly codec: string;
  readonly clockRate: number;
}

/** Watches what arrives in one call until it is stopped. */
export function watchCallQuality(connection: RTCPeerConnection, edges: CallQualityEdges): CallQualityWatch {
  let before: Counters | null = null;
  let packets = 0;
  let lastPacketAt = performance.now();
  let isInterrupted = false;
  let looks = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const notice = (now: Counters): void => {
    if (now.packets > packets || edges.isPaused()) lastPacketAt = performance.now();
    packets = now.packets;
    const isSilent = performance.now() - lastPacketAt >= interruptedAfterMs;
    if (isSilent !== isInterrupted) edges.onInterrupted((isInterrupted = isSilent));
    looks += 1;
    if (looks % looksPerReport !== 0) return;
    if (before !== null && now.samples > before.samples) edges.onQuality(qualityBetween(before, now));
    before = edges.isPaused() ? null : now;
  };
  const look = async (): Promise<void> => {
    try {
      const counters = readCounters(await connection.getStats());
      if (!isStopped) notice(counters);
    } catch (error) {
      edges.log('debug', `call quality: ${messageOf(error)}`);
    }
    if (!isStopped) timer = setTimeout(() => void look(), lookEveryMs);
  };
  void look();
  return {
    get isFlowing() {
      return !isInterrupted;
    },
    startOver: () => {
      before = null;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** One entry of an RTCStatsReport: the DOM types know only few of its fields. */
type Entry = Readonly<Record<string, unknown>>;

function readCounters(report: RTCStatsReport): Counters {
  const entries: Entry[] = [];
  report.forEach((entry: Entry) => entries.push(entry));
  // Before the first packet there is no such entry: then all counters are 0, and silence from the beginning is noticed as well.
  const inbound = entries.find(entry => entry['type'] === 'inbound-rtp' && entry['kind'] === 'audio');
  const codec = inbound === undefined ? undefined : entries.find(entry => entry['id'] === inbound['codecId']);
  const playout = entries.find(entry => entry['type'] === 'media-playout');
  const pair = entries.find(entry => entry['type'] === 'candidate-pair' && entry['nominated'] === true);
  return {
    packets: figure(inbound, 'packetsReceived'),
    samples: figure(inbound, 'totalSamplesReceived'),
    concealed: figure(inbound, 'concealedSamples') - figure(inbound, 'silentConcealedSamples'),
    concealments: figure(inbound, 'concealmentEvents'),
    bufferDelay: figure(inbound, 'jitterBufferDelay'),
    buffered: figure(inbound, 'jitterBufferEmittedCount'),
    playoutDelay: figure(playout, 'totalPlayoutDelay'),
    played: figure(playout, 'totalSamplesCount'),
    roundTripMs: figure(pair, 'currentRoundTripTime') * 1000,
    jitterMs: figure(inbound, 'jitter') * 1000,
    codec: typeof codec?.['mimeType'] === 'string' ? codec['mimeType'].replace(/^audio\//, '') : '',
    clockRate: figure(codec, 'clockRate') || 8000,
  };
}

function figure(entry: Entry | undefined, name: string): number {
  const value = entry?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

const packetMs = 20;

function qualityBetween(before: Counters, now: Counters): CallQuality {
  const grown = (
    name: 'samples' | 'concealed' | 'concealments' | 'bufferDelay' | 'buffered' | 'playoutDelay' | 'played',
  ): number => now[name] - before[name];
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  const lossPercent = 100 * Math.max(0, share(grown('concealed'), grown('samples')));
  // NetEQ counts samples at the rate of the decoder: 48 kHz for Opus, 8 kHz for G.711.
  const samplesPerPacket = (now.clockRate * packetMs) / 1000;
  const quality = heardQuality({
    roundTripMs: now.roundTripMs,
    jitterBufferMs: 1000 * share(grown('bufferDelay'), grown('buffered')),
    playoutMs: 1000 * share(grown('playoutDelay'), grown('played')),
    packetMs,
    lookAheadMs: now.codec.toLowerCase() === 'opus' ? 6.5 : 0,
    lossPercent,
    gapPackets: share(share(grown('concealed'), grown('concealments')), samplesPerPacket),
  });
  return { mos: quality.mos, delayMs: quality.delayMs, lossPercent, jitterMs: now.jitterMs, codec: now.codec };
}
