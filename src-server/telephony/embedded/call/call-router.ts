import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { Distributor } from '../acd/distributor';
import type { Extension, QueueDefinition, TelephonyDirectory } from '../../telephony';
import { routeOf, type Route, type SubscriberBehaviour } from '../dialplan';
import type { EngineTiming } from '../engine-options';
import { ringBackSource } from '../media/audio-sources';
import type { SoundLibrary } from '../media/sound-library';
import type { LineDesk } from '../registrar/line-desk';
import { EchoService } from '../scenario/echo-service';
import type { IncomingInviteRequest } from '../transport/sip-core';
import type { SipFlow } from '../transport/sip-flow';
import { CentralCall, type CallContext } from './central-call';
import { IncomingSipLeg } from '../legs/incoming-sip-leg';
import type { Leg } from '../legs/leg';
import type { CallingLeg } from '../legs/sip-leg';
import { Offer, type OfferContext } from './offer';
import { callSubscriber } from './subscriber-call';
import { endCauseOfOffer } from '../../offer-ends';

/** What may stand in the header X-Dial. */
const diallable = /^\+?[\d*#]{1,15}$/;
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
  /** False for a phone that has a call and takes no second one. */
  readonly mayRing: (extension: string) => boolean;
  readonly newCall: (info: CentralCall['info']) => CentralCall;
}

/** Connects a phone that dialled with whom it dialled (back-to-back user agent, RFC 7092). */
export class CallRouter {
  constructor(private readonly context: CallRouterContext) {}

  /** Takes an authenticated INVITE of this extension's phone. */
  receive(flow: SipFlow, extension: string, request: IncomingInviteRequest): void {
    const { offerContext } = this.context;
    if (request.message.body === '') {
      request.reject({ statusCode: 488 }); // we answer offers, we do not make one in a 200
      return;
    }
    const dialled = request.message.ruri?.user ?? '';
    const leg = new IncomingSipLeg(flow, extension, request, offerContext.legContext);
    const call = this.newCall(extension, dialled);
    leg.announce(call.id);
    call.add(leg, { role: 'agent', number: extension, extension });
    call.join(leg);
    this.connect(call, leg, dialled);
  }

  /**
   * Click-to-dial: rings the extension's own phone, and once it is picked up goes on as if it had dialled.
   * @returns the call's id @throws AppError `not-found`, `line/not-ready`, `dial/not-a-number`
   */
  dialFor(extension: string, number: string): string {
    const { lines, timing, offerContext, callContext } = this.context;
    if (callContext.nameOf(extension) === null) throw new AppError('not-found', `no extension ${extension}`);
    if (!diallable.test(number)) throw new AppError('dial/not-a-number');
    const binding = lines.reachable(extension);
    if (binding === null) throw new AppError('line/not-ready', `phone ${extension} is not registered`);
    const call = this.newCall(extension, number);
    const target = { binding, from: { number, name: null }, ringTimeoutMs: timing.ownPhoneRingMs, dials: number };
    const offer = new Offer(call, target, offerContext, (cause, { leg }) => {
      if (cause === 'answered') {
        leg.becomeCaller();
        call.join(leg);
        this.connect(call, leg, number);
      } else if (cause !== 'caller-left') call.end(endCauseOfOffer[cause]);
    });
    offer.start();
    return call.id;
  }

  private newCall(extension: string, dialled: string): CentralCall {
    const { directory, newCall, callContext } = this.context;
    return newCall({
      direction: routeOf(dialled, directory).to === 'subscriber' ? 'outbound' : 'internal',
      from: { number: extension, name: callContext.nameOf(extension) },
      to: { number: dialled },
    });
  }

  /** Brings a leg of this call to whom it dialled. Never throws: a call that cannot be connected ends. */
  connect(call: CentralCall, leg: CallingLeg, dialled: string): void {
    this.orEnd(call, this.follow(call, leg, routeOf(dialled, this.context.directory), dialled));
  }

  private async follow(call: CentralCall, leg: CallingLeg, route: Route, dialled: string): Promise<void> {
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

  private async connectEcho(call: CentralCall, leg: CallingLeg): Promise<void> {
    if (!(await leg.answer())) return;
    const echo = new EchoService(this.context.sounds.speech(greetingFile));
    call.join(echo.leg);
  }

  private async connectQueue(call: CentralCall, leg: CallingLeg, queue: QueueDefinition): Promise<void> {
    if (await leg.answer()) this.context.distributor.join(call, leg, queue);
  }

  private connectColleague(call: CentralCall, leg: CallingLeg, colleague: Extension): void {
    const { lines, timing, offerContext, mayRing } = this.context;
    const binding = lines.reachable(colleague.extension);
    if (colleague.extension === leg.extension || !mayRing(colleague.extension)) {
      call.end('busy', 486);
      return;
    }
    if (binding === null) {
      call.end('unreachable', 480);
      return;
    }
    const target = { binding, from: call.identityOf(leg), ringTimeoutMs: timing.internalRingMs };
    const offer = new Offer(call, target, offerContext, (cause, ended, sipStatus) => {
      if (cause === 'answered') this.orEnd(call, this.bothAnswered(call, leg, ended));
      else if (cause !== 'caller-left') call.end(endCauseOfOffer[cause], sipStatus ?? undefined);
    });
    offer.leg.once('ringing', () => leg.ring());
    offer.start();
  }

  private async bothAnswered(call: CentralCall, leg: CallingLeg, offer: Offer): Promise<void> {
    leg.treatment = null;
    call.join(offer.leg);
    if (!(await leg.answer())) call.end('agent-cancelled');
  }

  private async connectSubscriber(
    call: CentralCall,
    leg: CallingLeg,
    number: string,
    behaviour: SubscriberBehaviour,
  ): Promise<void> {
    await callSubscriber(call, { number, behaviour }, this.context, {
      ringing: async () => {
        leg.treatment = ringBackSource();
        await leg.startEarlyMedia();
      },
      answered: subscriber => this.orEnd(call, this.subscriberAnswered(call, leg, subscriber)),
      refused: (cause, sipStatus) => call.end(cause, sipStatus),
    });
  }

  private async subscriberAnswered(call: CentralCall, leg: CallingLeg, subscriber: Leg): Promise<void> {
    leg.treatment = null;
    call.join(subscriber);
    if (await leg.answer()) call.recordIfWanted();
    else call.end('agent-cancelled');
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
}
