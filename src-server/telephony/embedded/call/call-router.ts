import type { Clock } from '../../../../src-shared/base/clock';
import type { Distributor } from '../acd/distributor';
import type { Extension, QueueDefinition, TelephonyDirectory } from '../../telephony';
import { routeOf, type Route, type SubscriberBehaviour } from '../dialplan';
import type { EngineTiming } from '../engine-options';
import { ringBackSource } from '../media/audio-sources';
import type { SoundLibrary } from '../media/sound-library';
import type { LineDesk } from '../registrar/line-desk';
import { CustomerVoice, backOnLineFileFor, type VoiceChoice } from '../scenario/customer-voice';
import { EchoService } from '../scenario/echo-service';
import { SimulatedSubscriber } from '../scenario/simulated-subscriber';
import type { IncomingInviteRequest } from '../transport/sip-core';
import type { SipFlow } from '../transport/sip-flow';
import { CentralCall, type CallContext } from './central-call';
import { IncomingSipLeg } from './incoming-sip-leg';
import { Offer, type OfferContext } from './offer';
import { endCauseOfOffer } from './sip-status';

const refusalDelayMs = 200;
const subscriberSpeech: VoiceChoice = { kind: 'speech', file: 'subscriber.wav' };
const greetingFile = 'echo-greeting.wav';

interface CallRouterContext {
  readonly clock: Clock;
  readonly directory: TelephonyDirectory;
  readonly distributor: Distributor;
  readonly lines: LineDesk;
  readonly sounds: SoundLibrary;
  readonly timing: EngineTiming;
  readonly callContext: CallContext;
  readonly offerContext: OfferContext;
  readonly newCall: (info: CentralCall['info']) => CentralCall;
}

/** Connects a phone that dialled with whom it dialled (back-to-back user agent, RFC 7092). */
export class CallRouter {
  constructor(private readonly context: CallRouterContext) {}

  /** Takes an authenticated INVITE of this extension's phone. */
  receive(flow: SipFlow, extension: string, request: IncomingInviteRequest): void {
    const { directory, newCall, offerContext } = this.context;
    if (request.message.body === '') {
      request.reject({ statusCode: 488 }); // we answer offers, we do not make one in a 200
      return;
    }
    const dialled = request.message.ruri?.user ?? '';
    const route = routeOf(dialled, directory);
    const leg = new IncomingSipLeg(flow, extension, request, offerContext.legContext);
    const name = directory.extensions().find(known => known.extension === extension)?.displayName ?? null;
    const call = newCall({
      direction: route.to === 'subscriber' ? 'outbound' : 'internal',
      from: { number: extension, name },
      to: { number: dialled },
    });
    leg.announce(call.id);
    call.add(leg, { role: 'agent', number: extension, extension });
    call.join(leg);
    this.orEnd(call, this.connect(call, leg, route, dialled));
  }

  private async connect(call: CentralCall, leg: IncomingSipLeg, route: Route, dialled: string): Promise<void> {
    switch (route.to) {
      case 'nobody':
        call.end('not-found', 404);
        return;
      case 'echo':
        await this.connectEcho(call, leg);
        return;
      case 'queue':
        await this.connectQueue(call, leg, route.queue);
        return;
      case 'extension':
        this.connectColleague(call, leg, route.extension);
        return;
      case 'subscriber':
        await this.connectSubscriber(call, leg, dialled, route.behaviour);
    }
  }

  private async connectEcho(call: CentralCall, leg: IncomingSipLeg): Promise<void> {
    if (!(await leg.answer())) return;
    const echo = new EchoService(this.context.sounds.speech(greetingFile));
    call.join(echo.leg);
  }

  private async connectQueue(call: CentralCall, leg: IncomingSipLeg, queue: QueueDefinition): Promise<void> {
    leg.treatment = this.context.sounds.musicOnHold();
    if (await leg.answer()) this.context.distributor.join(call, leg, queue);
  }

  private connectColleague(call: CentralCall, leg: IncomingSipLeg, colleague: Extension): void {
    const { lines, timing, offerContext } = this.context;
    const binding = lines.reachable(colleague.extension);
    if (colleague.extension === leg.extension) {
      call.end('busy', 486);
      return;
    }
    if (binding === null) {
      call.end('unreachable', 480);
      return;
    }
    const target = { binding, queue: null, ringTimeoutMs: timing.internalRingMs };
    const offer = new Offer(call, target, offerContext, (cause, ended, sipStatus) => {
      if (cause === 'answered') this.orEnd(call, this.bothAnswered(call, leg, ended));
      else if (cause !== 'caller-left') call.end(endCauseOfOffer[cause], sipStatus ?? undefined);
    });
    offer.leg.once('ringing', () => leg.ring());
    offer.start();
  }

  private async bothAnswered(call: CentralCall, leg: IncomingSipLeg, offer: Offer): Promise<void> {
    call.join(offer.leg);
    if (!(await leg.answer())) call.end('agent-cancelled');
  }

  private async connectSubscriber(
    call: CentralCall,
    leg: IncomingSipLeg,
    number: string,
    behaviour: SubscriberBehaviour,
  ): Promise<void> {
    const { clock, sounds, timing } = this.context;
    const choice: VoiceChoice = behaviour.kind === 'tone' ? { kind: 'tone', hz: 700 } : subscriberSpeech;
    const subscriber = new SimulatedSubscriber(new CustomerVoice(choice, sounds, backOnLineFileFor(choice)));
    call.add(subscriber.leg, { role: 'customer', number, extension: null });
    if (behaviour.kind === 'refuses') {
      this.during(
        call,
        clock.after(refusalDelayMs, () => call.end(behaviour.cause, behaviour.sipStatus)),
      );
      return;
    }
    leg.treatment = ringBackSource();
    await leg.startEarlyMedia();
    subscriber.leg.ring();
    if (behaviour.kind === 'rings-for-ever')
      this.during(
        call,
        clock.after(timing.networkRingMs, () => call.end('no-answer', 408)),
      );
    else
      this.during(
        call,
        clock.after(timing.subscriberRingMs, () => this.orEnd(call, this.subscriberAnswered(call, leg, subscriber))),
      );
  }

  private async subscriberAnswered(
    call: CentralCall,
    leg: IncomingSipLeg,
    subscriber: SimulatedSubscriber,
  ): Promise<void> {
    subscriber.leg.answer();
    leg.treatment = null;
    call.join(subscriber.leg);
    if (!(await leg.answer())) {
      call.end('agent-cancelled');
      return;
    }
    const caller = this.context.directory.extensions().find(({ extension }) => extension === leg.extension);
    if (caller?.isRecorded === true) call.record(subscriber.leg);
  }

  /** Mostly a description that cannot be used: the call ends, the process does not. */
  private orEnd(call: CentralCall, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.context.callContext.log.warn(
        `call ${call.id} not connected: ${error instanceof Error ? error.message : String(error)}`,
      );
      call.end('media-failed');
    });
  }

  /** Nothing that was planned for a call happens after its end. */
  private during(call: CentralCall, cancel: () => void): void {
    if (call.hasEnded) cancel();
    else call.onEnding(cancel);
  }
}
