import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { systemClock } from '../../../src-server/system-clock';
import { EmbeddedTelephony } from '../../../src-server/telephony/embedded/embedded-telephony';
import { sipRealm } from '../../../src-server/telephony/telephony';
import { type DeskSet, overWebSocket } from '../../rig/desk-set';
import { BehaviourCentre, type Customer, type CustomerScript } from './behaviour-centre';

/** The embedded engine behind a real HTTP server; customers are its own simulated ones. */
export class EmbeddedCentre extends BehaviourCentre<EmbeddedTelephony> {
  readonly name = 'embedded';
  private current: EmbeddedTelephony | null = null;
  private readonly http: Server = createServer();

  get engine(): EmbeddedTelephony {
    if (this.current === null) throw new Error('the centre is not open');
    return this.current;
  }

  protected get url(): string {
    return `ws://127.0.0.1:${(this.http.address() as AddressInfo).port}/sip`;
  }

  async open(): Promise<void> {
    this.http.on('upgrade', (request, socket, head) => this.engine.handleUpgrade(request, socket, head));
    await new Promise<void>(listening => this.http.listen(0, '127.0.0.1', listening));
    await this.renew();
  }

  protected plugIn(extension: string, secret: string, hz: number): Promise<DeskSet> {
    return overWebSocket({ url: this.url, extension, secret, domain: sipRealm, hz });
  }

  protected async callIn({ queue, number, name, hz }: CustomerScript): Promise<Customer> {
    const caller = this.engine.simulateCaller({
      queueId: this.queues.find(each => each.number === queue)?.id ?? queue,
      number,
      name,
      voice: hz === null ? { kind: 'silence' } : { kind: 'tone', hz },
      givesUpAfterMs: null,
      hangsUpAfterMs: null,
      whenHeld: 'waits',
    });
    return {
      callId: caller.callId,
      heard: caller.heard,
      get state() {
        return caller.state === 'on-hold' ? 'talking' : caller.state;
      },
      hangUp: () => caller.hangUp(),
      loseNetwork: () => undefined,
      regainNetwork: () => undefined,
    };
  }

  /** They are the engine's own and leave with the agent. */
  protected subscribersHangUp(): void {}

  protected async cleared(): Promise<void> {
    await this.renew();
  }

  protected async shut(): Promise<void> {
    await this.current?.stop();
    await new Promise<void>(closed => this.http.close(() => closed()));
  }

  /** Each test has an engine that remembers nobody. */
  private async renew(): Promise<void> {
    await this.current?.stop();
    const { directory, recordingsFolder, log } = this;
    this.current = new EmbeddedTelephony({
      directory,
      domain: sipRealm,
      recordingsFolder,
      assetsFolder: resolve('assets'),
      clock: systemClock,
      log,
      timing: this.options.timing ?? {},
    });
    this.current.onEvent(event => this.events.push(event));
    this.current.onSpeaking(speaking => this.speaking.push(speaking));
    await this.current.start();
  }
}
