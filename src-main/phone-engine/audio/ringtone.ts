import ringClassic from '../../../assets/sounds/ring-classic.wav?url';
import ringSoft from '../../../assets/sounds/ring-soft.wav?url';
import ringBack from '../../../assets/sounds/ringback.wav?url';
import knock from '../../../assets/sounds/knock.wav?url';
import { afterPictureMs } from '../after-picture';
import type { Log } from '../report';
import { messageOf } from '../report';
import { TonePlayer } from './tone-player';

const ringTones: Readonly<Record<string, string>> = { classic: ringClassic, soft: ringSoft };

type RingerMode = 'off' | 'ring' | 'knock';

/** The sounds the phone makes itself: ringing on the ringer device, ring-back and knocking on the agent's speaker. */
export class Ringtone {
  readonly #log: Log;
  readonly #ringer: TonePlayer;
  readonly #ear: TonePlayer;
  #tone = ringClassic;
  #mode: RingerMode = 'off';
  #isRingBackOn = false;
  #start: ReturnType<typeof setTimeout> | undefined;

  constructor(log: Log) {
    this.#log = log;
    this.#ringer = new TonePlayer(log);
    this.#ear = new TonePlayer(log);
    void Promise.allSettled([this.#ringer.load(this.#tone), this.#ear.load(ringBack), this.#ear.load(knock)]);
  }

  async choose(choice: {
    ringTone: string;
    ringVolume: number;
    ringerId: string | null;
    speakerId: string | null;
  }): Promise<void> {
    this.#tone = ringTones[choice.ringTone] ?? ringClassic;
    this.#ringer.volume = choice.ringVolume;
    await Promise.all([
      this.#ringer.choose(choice.ringerId),
      this.#ear.choose(choice.speakerId),
      this.#ringer.load(this.#tone),
    ]);
  }

  ring(mode: RingerMode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    clearTimeout(this.#start);
    if (mode === 'off') this.#followMode();
    else this.#start = setTimeout(() => this.#followMode(), afterPictureMs);
  }

  #followMode(): void {
    if (this.#mode === 'ring') this.#play(this.#ringer, this.#tone, true);
    else this.#ringer.stop();
    this.#playInEar();
  }

  /** Played here only as long as the other side sends no sound of its own. */
  ringBack(isOn: boolean): void {
    if (isOn === this.#isRingBackOn) return;
    this.#isRingBackOn = isOn;
    this.#playInEar();
  }

  test(on: 'speaker' | 'ringer'): void {
    if (on === 'ringer') this.#play(this.#ringer, this.#tone, false);
    else this.#play(this.#ear, knock, false);
  }

  #playInEar(): void {
    if (this.#mode === 'knock') this.#play(this.#ear, knock, true);
    else if (this.#isRingBackOn) this.#play(this.#ear, ringBack, true);
    else this.#ear.stop();
  }

  #play(player: TonePlayer, url: string, isLooping: boolean): void {
    player.play(url, isLooping).catch((error: unknown) => this.#log('warn', `sound not played: ${messageOf(error)}`));
  }
}
