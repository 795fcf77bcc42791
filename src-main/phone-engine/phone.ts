import { assertNever } from '../../src-shared/base/assert-never';
import { AppError } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import { AudioDevices } from './audio/audio-devices';
import { LevelMeter } from './audio/level-meter';
import { Microphone } from './audio/microphone';
import { Ringtone } from './audio/ringtone';
import { Speaker } from './audio/speaker';
import { readInvite } from './call/invite-headers';
import { SipCall } from './call/sip-call';
import type { JsSipSession, SipRequest } from './jssip/jssip-internals';
import { SipLine } from './line/sip-line';
import type { Log, Report } from './report';
import { logTo, messageOf } from './report';

/** A desk handles two calls: one talked to, one waiting. */
const maxCalls = 2;

type AudioChoice = Extract<EngineCommand, { type: 'audio.choose' }>;

/** Everything in this window: one line, its calls, and the sound. Does what commands say and reports what happens. */
export class Phone {
  readonly #report: Report;
  readonly #log: Log;
  readonly #calls = new Map<string, SipCall>();
  readonly #line: SipLine;
  readonly #microphone: Microphone;
  readonly #speaker: Speaker;
  readonly #ringtone: Ringtone;
  readonly #devices: AudioDevices;
  readonly #meter: LevelMeter;
  #meterTrack: MediaStreamTrack | null = null;
  #choice: AudioChoice | null = null;

  constructor(report: Report) {
    this.#report = report;
    const log = logTo(report);
    this.#log = log;
    this.#microphone = new Microphone(log, () => void this.#microphoneChanged());
    this.#speaker = new Speaker(log);
    this.#ringtone = new Ringtone(log);
    this.#devices = new AudioDevices({
      microphone: () => this.#microphone,
      onChanged: audio => {
        report({ type: 'audio-devices', audio });
        void this.#applyOutputs();
      },
      log,
    });
    this.#meter = new LevelMeter(
      () => this.#meteredTracks(),
      levels => report({ type: 'levels', ...levels }),
    );
    this.#line = new SipLine({
      onState: line => report({ type: 'line', line }),
      onInvite: (session, request) => this.#invited(session, request),
      onLost: () => this.#calls.forEach(call => call.lineLost()),
      onRestored: () => this.#calls.forEach(call => void call.lineRestored()),
      log,
    });
  }

  /** Resolves when the command is done; rejects with AppError when it was refused or failed. */
  async run(command: EngineCommand): Promise<void> {
    switch (command.type) {
      case 'line.connect':
        return this.#line.connect(command.credential);
      case 'line.renew':
        return this.#line.renew(command.credential);
      case 'line.disconnect':
        this.#calls.forEach(call => call.hangUp());
        return this.#line.disconnect();
      case 'line.probe':
        return this.#line.probe();
      case 'call.dial':
        return this.#dial(command.callId, command.target);
      case 'call.answer':
        return this.#call(command.callId).answer();
      case 'call.decline':
        return this.#call(command.callId).decline(command.sipCode);
      case 'call.hang-up':
        return this.#call(command.callId).hangUp();
      case 'call.hold':
        return this.#call(command.callId).hold();
      case 'call.resume':
        return this.#call(command.callId).resume();
      case 'call.mute':
        return this.#call(command.callId).sound.mute(command.isMuted);
      case 'call.dtmf':
        return this.#call(command.callId).dtmf(command.digits);
      case 'audio.choose':
        return this.#chooseAudio(command);
      case 'audio.warm-up':
        await this.#microphone.warmUp();
        return this.#devices.look();
      case 'audio.watch-levels':
        return this.#watchLevels(command.isOn);
      case 'ringer':
        return this.#ringtone.ring(command.mode);
      case 'audio.play-test':
        return this.#ringtone.test(command.on);
      case 'heartbeat':
        return;
      default:
        return assertNever(command);
    }
  }

  #call(callId: string): SipCall {
    const call = this.#calls.get(callId);
    if (call === undefined) throw new AppError('call/unknown');
    return call;
  }

  get #liveCalls(): SipCall[] {
    return [...this.#calls.values()].filter(call => call.isLive);
  }

  #invited(session: JsSipSession, request: SipRequest): void {
    if (this.#liveCalls.length >= maxCalls) {
      session.terminate({ status_code: 486 });
      this.#log('info', 'line: a third call was told busy');
      return;
    }
    const call = this.#newCall(crypto.randomUUID(), session);
    const headers = readInvite(request);
    // First of all: the agent sees the call before anything else is done about it (A1).
    this.#report({
      type: 'invite-received',
      callId: call.id,
      at: Date.now(),
      remote: headers.remote,
      queueName: headers.queueName,
      centralCallId: headers.centralCallId,
    });
    call.prepare(request, headers);
  }

  async #dial(callId: string, target: string): Promise<void> {
    if (this.#liveCalls.length >= maxCalls) throw new AppError('call/already-two');
    const session = this.#line.newSession();
    if (session === null) throw new AppError('line/not-ready');
    const call = this.#newCall(callId, session);
    try {
      await call.dial(target);
    } catch (error) {
      this.#forget(call);
      throw error;
    }
  }

  #newCall(id: string, session: JsSipSession): SipCall {
    const call = new SipCall(id, session, {
      gate: this.#line.gate,
      microphone: this.#microphone,
      speaker: this.#speaker,
      report: this.#report,
      log: this.#log,
      onRingBack: isOn => this.#ringtone.ringBack(isOn),
      onEnded: ended => this.#forget(ended),
    });
    this.#calls.set(id, call);
    this.#watchDevices();
    return call;
  }

  #forget(call: SipCall): void {
    this.#calls.delete(call.id);
    this.#watchDevices();
  }

  #watchDevices(): void {
    this.#devices.watchClosely(this.#calls.size > 0 || this.#meter.isOn);
  }

  async #chooseAudio(choice: AudioChoice): Promise<void> {
    this.#choice = choice;
    this.#devices.choose(choice);
    const { microphoneId, autoGainControl, noiseSuppression, echoCancellation } = choice;
    const isReplaced = await this.#microphone.choose({ microphoneId, autoGainControl, noiseSuppression, echoCancellation });
    if (isReplaced) await this.#replaceMicrophones();
    await this.#devices.look();
    await this.#applyOutputs();
  }

  async #applyOutputs(): Promise<void> {
    if (this.#choice === null) return;
    const speakerId = this.#devices.present(this.#choice.speakerId);
    const ringerId = this.#devices.present(this.#choice.ringerId);
    await Promise.all([this.#speaker.choose(speakerId), this.#ringtone.choose({ ...this.#choice, speakerId, ringerId })]);
  }

  /** The device went away or works again: calls go on with what there is now (fault matrix row 14). */
  async #microphoneChanged(): Promise<void> {
    const isLostInCall = !this.#microphone.isOpen && this.#liveCalls.some(call => call.sound.track !== null);
    try {
      if (isLostInCall && this.#microphone.state === 'unknown') {
        await this.#microphone.warmUp();
        await this.#replaceMicrophones();
      }
    } catch (error) {
      this.#log('error', `microphone: no replacement in the call: ${messageOf(error)}`);
    }
    await this.#devices.look();
  }

  async #replaceMicrophones(): Promise<void> {
    await Promise.all(this.#liveCalls.map(call => call.sound.replaceMicrophone()));
  }

  async #watchLevels(isOn: boolean): Promise<void> {
    if (isOn) {
      await this.#microphone.warmUp();
      this.#meterTrack ??= this.#microphone.takeNow();
    } else {
      this.#meterTrack?.stop();
      this.#meterTrack = null;
    }
    this.#meter.watch(isOn);
    this.#watchDevices();
  }

  #meteredTracks(): { microphone: MediaStreamTrack | null; speaker: MediaStreamTrack | null } {
    const talking = this.#liveCalls.find(call => call.sound.track !== null);
    return { microphone: talking?.sound.track ?? this.#meterTrack, speaker: talking?.sound.remoteTrack ?? null };
  }
}
