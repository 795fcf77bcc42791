import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceFolders, removeInstance, startInstance, stopInstance } from '../../scripts/asterisk-instance.mjs';
import { systemClock } from '../../src-server/system-clock';
import type { AsteriskAccess } from '../../src-server/telephony/asterisk/config/config-options';
import { AmiConnection } from '../../src-server/telephony/asterisk/ami/ami-connection';
import { until } from '../telephony/sip-socket';
import { carrierHost, openAsterisk, type OwnAsterisk } from './asterisk';
import { Carrier, type CarrierCall } from './carrier';

/** Numbers of the demonstration's queues. */
const queueNumbers: Readonly<Record<string, string>> = { support: '8001', sales: '8002', billing: '8003' };
const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface TrunkScript {
  readonly queueId: string;
  readonly number: string;
  readonly name: string;
  readonly hz: number | null;
}

/** A real Asterisk and customers who call it over its trunk; which of its calls is whose, a second AMI session tells. */
export class AsteriskCustomers {
  private readonly calls = new Map<string, CarrierCall>();
  private readonly marks: { readonly callId: string; readonly number: string }[] = [];
  private readonly ami: AmiConnection;

  private constructor(
    private readonly asterisk: OwnAsterisk,
    private readonly carrier: Carrier,
    onUp: () => void,
  ) {
    this.ami = new AmiConnection({
      ...asterisk.access.ami,
      clock: systemClock,
      log: silentLog,
      onUp: async () => onUp(),
      onDown: () => undefined,
      onEvent: event => {
        if (event.get('UserEvent') === 'CentreCall')
          this.marks.push({ callId: event.variable('CENTRE_CALL'), number: event.get('CallerIDNum') });
      },
    });
  }

  static async open(): Promise<AsteriskCustomers> {
    const asterisk = await openAsterisk();
    const carrier = await Carrier.open(carrierHost, asterisk.trunkPort, { host: '127.0.0.1', port: asterisk.sipPort });
    let isUp = false;
    const customers = new AsteriskCustomers(asterisk, carrier, () => (isUp = true));
    customers.ami.start();
    await until('AMI', () => isUp);
    return customers;
  }

  /** For the command line of the central server. */
  get serverArgs(): string[] {
    return ['--engine', 'asterisk', '--asterisk', this.asterisk.config];
  }

  get access(): AsteriskAccess {
    return this.asterisk.access;
  }

  /** Asterisk's notices, warnings and errors. */
  get said(): string {
    const file = join(instanceFolders(this.asterisk.name).folder, 'log', 'messages.log');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-50).join('\n') : '';
  }

  /** Where desk phones register, over UDP. */
  get sipAddress(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.asterisk.sipPort };
  }

  async call(script: TrunkScript): Promise<{ callId: string; call: CarrierCall }> {
    const known = new Set(this.marks);
    const { queueId, number: from, name, hz } = script;
    const call = await this.carrier.call(queueNumbers[queueId] ?? '0', { from, name: JSON.stringify(name), hz });
    const mark = await until('call seen by Asterisk', () =>
      this.marks.find(each => !known.has(each) && each.number === script.number),
    );
    this.calls.set(mark.callId, call);
    return { callId: mark.callId, call };
  }

  /** The customer's end of a call, or the subscriber's whom somebody called. */
  callOf(callId: string): CarrierCall | undefined {
    return this.calls.get(callId);
  }

  /** Kills and starts it; customers hear nothing of it. */
  async crashAsterisk(): Promise<void> {
    for (const call of this.calls.values()) call.end();
    await stopInstance(this.asterisk.name, 'SIGKILL');
    await startInstance(this.asterisk.name);
    await until('AMI', () => this.ami.isConnected);
  }

  async close(): Promise<void> {
    this.ami.stop();
    this.carrier.close();
    await removeInstance(this.asterisk.name);
  }
}
