import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { hearsTone, loudness, sine } from './tones';

const rate = 48_000;
const environment = process.env;
const run = promisify(execFile);

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await gone;
}

/** Speaks a steady tone into the virtual microphone until the returned function is called. */
export function speakTone(hz: number, amplitude = 0.3): () => Promise<void> {
  const child = spawn(
    'pacat',
    ['--device=mic_in', `--rate=${rate}`, '--channels=1', '--format=s16le', '--latency-msec=40'],
    {
      env: environment,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  // A whole number of periods in each block, so that the blocks join without a click.
  const block = Buffer.from(sine(hz, rate, Math.round(hz / 10) / hz, amplitude).buffer);
  const pump = (): void => {
    while (child.stdin.writable && child.stdin.write(block)) {
      /* until the pipe is full */
    }
  };
  child.stdin.on('drain', pump).on('error', () => child.stdin.destroy());
  pump();
  return () => end(child);
}

/** What came out of a loudspeaker, in windows of `windowMs`, from the moment of the call. */
export class SpeakerEar {
  private readonly child: ChildProcess;
  private pending = Buffer.alloc(0);
  private readonly heard: { readonly at: number; readonly samples: Int16Array }[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(
    sink = 'spk',
    private readonly windowMs = 100,
  ) {
    const args = [
      `--device=${sink}.monitor`,
      `--rate=${rate}`,
      '--channels=1',
      '--format=s16le',
      '--raw',
      '--latency-msec=20',
    ];
    this.child = spawn('parec', args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
    this.child.stdout?.on('data', (chunk: Buffer) => this.take(chunk));
  }

  private take(chunk: Buffer): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    const size = (rate / 1000) * this.windowMs * 2;
    while (this.pending.length >= size) {
      const samples = new Int16Array(new Uint8Array(this.pending.subarray(0, size)).buffer);
      this.heard.push({ at: Date.now(), samples });
      this.pending = this.pending.subarray(size);
    }
    for (const check of this.waiting) check();
  }

  /** Settles once the newest `count` windows all satisfy the condition. */
  private until(what: string, count: number, isSo: (samples: Int16Array) => boolean, timeoutMs: number): Promise<void> {
    const from = this.heard.length;
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const newest = this.heard.slice(Math.max(from, this.heard.length - count));
        if (newest.length < count || !newest.every(({ samples }) => isSo(samples))) return;
        finish();
        resolve();
      };
      const timer = setTimeout(() => {
        finish();
        const levels = this.heard.slice(-5).map(({ samples }) => loudness(samples).toFixed(4));
        reject(new Error(`${what}: not heard in ${timeoutMs} ms; last levels ${levels.join(' ')}`));
      }, timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
      };
      this.waiting.add(check);
      check();
    });
  }

  /** Settles when this tone is heard steadily for half a second. */
  untilTone(hz: number, timeoutMs = 8000): Promise<void> {
    return this.until(`tone of ${hz} Hz`, 5, samples => hearsTone(samples, rate, hz), timeoutMs);
  }

  /** Settles when something is heard. */
  untilSound(timeoutMs = 8000): Promise<void> {
    return this.until('a sound', 2, samples => loudness(samples) > 0.005, timeoutMs);
  }

  /** Settles when nothing has been heard for half a second. */
  untilSilence(timeoutMs = 8000): Promise<void> {
    return this.until('silence', 5, samples => loudness(samples) < 0.002, timeoutMs);
  }

  /** Longest time without this tone since `from` (ms since the epoch), in milliseconds, to the width of a window. */
  longestGapMs(hz: number, from: number): number {
    let longest = 0;
    let current = 0;
    for (const { at, samples } of this.heard) {
      if (at < from) continue;
      current = hearsTone(samples, rate, hz) ? 0 : current + this.windowMs;
      longest = Math.max(longest, current);
    }
    return longest;
  }

  /** The loudest window since `from`, 0 to 1. Throws when nothing was listened to: that is not silence. */
  loudestSince(from: number): number {
    const windows = this.heard.filter(({ at }) => at >= from);
    if (windows.length === 0) throw new Error('nothing was listened to');
    return Math.max(...windows.map(({ samples }) => loudness(samples)));
  }

  /** How many windows have been heard since `from`: proves that a claim about them is not about nothing. */
  windowsSince(from: number): number {
    return this.heard.filter(({ at }) => at >= from).length;
  }

  stop(): Promise<void> {
    return end(this.child);
  }
}

/** A sound card is plugged in. Returns how to pull it out again. */
export async function plugIn(sink: string, label: string): Promise<() => Promise<void>> {
  const { stdout } = await run('pactl', [
    'load-module',
    'module-null-sink',
    `sink_name=${sink}`,
    `sink_properties=device.description=${label}`,
  ]);
  let isIn = true;
  return async () => {
    if (isIn) await run('pactl', ['unload-module', stdout.trim()]);
    isIn = false;
  };
}
