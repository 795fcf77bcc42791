import { removeInstance, startInstance, stopInstance } from '../../../scripts/asterisk-instance.mjs';
import { systemClock } from '../../../src-server/system-clock';
import { AsteriskTelephony } from '../../../src-server/telephony/asterisk/asterisk-telephony';
import type { AsteriskAccess } from '../../../src-server/telephony/asterisk/config/config-options';
import { sipRealm } from '../../../src-server/telephony/telephony';
import { type Additions, carrierHost, openAsterisk, type OwnAsterisk } from '../../rig/asterisk';
import { Carrier, type CarrierCall } from '../../rig/carrier';
import { type DeskSet, overUdp } from '../../rig/desk-set';
import { TcpProxy } from '../../rig/tcp-proxy';
import { until } from '../../telephony/sip-socket';
import { BehaviourCentre, type Customer, type CustomerScript } from './behaviour-centre';

/** Desk phones have addresses of their own, as the carrier has. */
const firstDesk = 11;

interface Parts {
  readonly asterisk: OwnAsterisk;
  readonly carrier: Carrier;
  readonly ami: TcpProxy;
  readonly engine: AsteriskTelephony;
}

/** A real Asterisk, its adapter, phones and a telephone network; customers come over its trunk. */
export class AsteriskCentre extends BehaviourCentre<AsteriskTelephony> {
  readonly name = 'asterisk';
  protected readonly additions: Additions = {};
  private parts: Parts | null = null;
  /** Calls whose customer is known already. */
  private readonly claimed = new Set<string>();

  get engine(): AsteriskTelephony {
    return this.opened.engine;
  }

  get carrier(): Carrier {
    return this.opened.carrier;
  }

  /** The cable between the adapter and Asterisk's manager port. */
  get ami(): TcpProxy {
    return this.opened.ami;
  }

  get access(): AsteriskAccess {
    return accessThrough(this.opened.ami, this.opened.asterisk);
  }

  /** Phones connect to Asterisk itself. */
  protected readonly url = 'ws://unused/';

  async open(): Promise<void> {
    const asterisk = await openAsterisk(this.additions);
    const carrier = await Carrier.open(carrierHost, asterisk.trunkPort, { host: '127.0.0.1', port: asterisk.sipPort });
    const ami = await TcpProxy.before('127.0.0.1', asterisk.access.ami.port);
    const engine = this.newEngine(accessThrough(ami, asterisk));
    this.parts = { asterisk, carrier, ami, engine };
    await engine.start();
  }

  /** Where desk phones register, over UDP. */
  get sipAddress(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.opened.asterisk.sipPort };
  }

  /** Where they register over TLS. */
  get sipsPort(): number {
    return this.opened.asterisk.sipsPort;
  }

  /** Asterisk dies without a word. */
  async killAsterisk(): Promise<void> {
    await stopInstance(this.opened.asterisk.name, 'SIGKILL');
  }

  async startAsterisk(): Promise<void> {
    await startInstance(this.opened.asterisk.name);
  }

  /** An adapter of its own, not started, for this Asterisk or for one that is reached otherwise. */
  newEngine(access: AsteriskAccess = this.access): AsteriskTelephony {
    const { directory, recordingsFolder, log } = this;
    const timing = this.options.timing ?? {};
    const shared = { access, directory, recordingsFolder, clock: systemClock, log, timing };
    const engine = new AsteriskTelephony({ ...shared, isThere: this.isThere });
    engine.onEvent(event => this.events.push(event));
    engine.onSpeaking(speaking => this.speaking.push(speaking));
    return engine;
  }

  /** What the centre hears when it asks an app over its own connection, which is cut with the rest of the phone's network. */
  protected readonly isThere = async (extension: string, withinMs: number): Promise<boolean | null> => {
    const own = this.phones.filter(({ options }) => options.extension === extension);
    if (own.length === 0) return null;
    const isReached = (): boolean => own.some(({ isOffline }) => !isOffline);
    return until(`sign of life of ${extension}`, isReached, withinMs).catch(() => false);
  };

  protected plugIn(extension: string, password: string, hz: number): Promise<DeskSet> {
    const host = `127.0.0.${firstDesk + this.sets.length}`;
    return overUdp({ host, asterisk: this.sipAddress, extension, password, domain: sipRealm, hz });
  }

  protected async callIn({ queue, number, name, hz }: CustomerScript): Promise<Customer> {
    const call = await this.carrier.call(queue, {
      from: number,
      name: name === null ? null : `"${name.replaceAll(/["\\]/g, '\\$&')}"`,
      hz,
    });
    const { callId } = await this.event(
      'call-started',
      event => event.direction === 'inbound' && event.from.number === number && !this.claimed.has(event.callId),
    );
    this.claimed.add(callId);
    return this.customerOf(callId, call);
  }

  protected subscribersHangUp(): void {
    for (const call of this.carrier.calls.splice(0)) if (call.state !== 'ended') call.hangUp();
  }

  /** Nobody is registered or available any more. */
  protected async cleared(): Promise<void> {
    for (const { extension } of this.extensions) await this.engine.setMemberPaused(extension, true, null);
    await until('all lines ended', () => !this.extensions.some(each => this.engine.isRegistered(each.extension)));
  }

  protected async shut(): Promise<void> {
    if (this.parts === null) return;
    const { asterisk, carrier, ami, engine } = this.parts;
    carrier.close();
    await engine.stop();
    await ami.close();
    await removeInstance(asterisk.name);
  }

  /** Music is an answer on the trunk; that somebody talks only the facts tell. */
  private customerOf(callId: string, call: CarrierCall): Customer {
    const hasBeenAnswered = (): boolean => {
      const own = this.of('leg-started', event => event.callId === callId && event.role === 'customer')[0];
      return this.of('leg-answered', ({ legId }) => legId === own?.legId).length > 0;
    };
    return {
      callId,
      heard: call.heard,
      get state() {
        if (call.state === 'ended') return 'ended';
        return hasBeenAnswered() ? 'talking' : 'waiting';
      },
      hangUp: () => {
        if (call.state !== 'ended') call.hangUp();
      },
      loseNetwork: () => (call.media.isOffline = true),
      regainNetwork: () => (call.media.isOffline = false),
    };
  }

  private get opened(): Parts {
    if (this.parts === null) throw new Error('the centre is not open');
    return this.parts;
  }
}

const accessThrough = (ami: TcpProxy, { access }: OwnAsterisk): AsteriskAccess => ({
  ...access,
  ami: { ...access.ami, port: ami.port },
});
