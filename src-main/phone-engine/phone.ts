import { assertNever } from '../../src-shared/base/assert-never';
import { AppError } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import { SoundDesk } from './audio/sound-desk';
import { readInvite } from './call/invite-headers';
import { SipCall } from './call/sip-call';
import { SpareOffer } from './call/spare-offer';
import type { JsSipSession, SipRequest } from './jssip/jssip-internals';
import { SipLine } from './line/sip-line';
import type { Log, Report } from './report';
import { logTo } from './report';

type LineReport = Extract<EngineReport, { type: 'line' }>['line'];

/** A desk handles two calls: one talked to, one waiting. */
const maxCalls = 2;

/** Everything in this window: one line, its calls, and the sound. Does what commands say and reports what happens. */
export class Phone {
  readonly #report: Report;
  readonly #log: Log;
  readonly #calls = new Map<string, SipCall>();
  readonly #line: SipLine;
  readonly #sound: SoundDesk;
  readonly #spareOffer: SpareOffer;

  constructor(report: Report) {
    this.#report = report;
    const log = logTo(report);
    this.#log = log;
    this.#sound = new SoundDesk(report, () => this.#liveCalls.map(call => call.sound));
    this.#spareOffer = new SpareOffer(log);
    this.#line = new SipLine({
      onState: line => this.#lineIs(line),
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
      case 'call.transfer':
        return this.#call(command.callId).transfer(command.target);
      case 'call.complete-transfer':
        return this.#call(command.callId).completeTransfer(this.#call(command.consultCallId));
      case 'call.send-on':
        return this.#call(command.callId).sendOn(command.target);
      case 'audio.choose':
        return this.#sound.choose(command);
      case 'audio.warm-up':
        return this.#sound.warmUp();
      case 'audio.watch-levels':
        return this.#sound.watchLevels(command.isOn);
      case 'ringer':
        return this.#sound.ringtone.ring(command.mode);
      case 'audio.play-test':
        return this.#sound.ringtone.test(command.on);
      case 'heartbeat':
        return;
      default:
        return assertNever(command);
    }
  }

  #lineIs(line: LineReport): void {
    this.#report({ type: 'line', line });
    this.#sound.mayRing(line.state === 'registered');
    if (line.state === 'registered') this.#spareOffer.prepare();
    else this.#spareOffer.drop();
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
      returnedTransfer: headers.returnedTransfer,
      transferredBy: headers.transferredBy,
    });
    call.prepare(request, headers);
  }

  async #dial(callId: string, target: string): Promise<void> {
    if (this.#liveCalls.length >= maxCalls) throw new AppError('call/already-two');
    const session = this.#line.newSession();
    if (session === null) throw new AppError('line/not-ready');
    const call = this.#newCall(callId, session);
    try {
      await call.dial(target, () => this.#spareOffer.giveTo(session));
    } catch (error) {
      this.#forget(call);
      throw error;
    }
  }

  #newCall(id: string, session: JsSipSession): SipCall {
    const call = new SipCall(id, session, {
      gate: this.#line.gate,
      microphone: this.#sound.microphone,
      speaker: this.#sound.speaker,
      report: this.#report,
      log: this.#log,
      onRingBack: isOn => this.#sound.ringtone.ringBack(isOn),
      onEnded: ended => this.#forget(ended),
    });
    this.#calls.set(id, call);
    this.#sound.callsChanged();
    return call;
  }

  #forget(call: SipCall): void {
    this.#calls.delete(call.id);
    this.#sound.callsChanged();
  }
}
