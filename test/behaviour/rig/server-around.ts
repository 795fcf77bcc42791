import { systemClock } from '../../../src-server/system-clock';
import { AsteriskTelephony } from '../../../src-server/telephony/asterisk/asterisk-telephony';
import { EmbeddedTelephony } from '../../../src-server/telephony/embedded/embedded-telephony';
import { sipRealm } from '../../../src-server/telephony/telephony';
import { demoKey, TestCentre } from '../../integration/server/test-centre';
import { AsteriskCustomers } from '../../rig/asterisk-customers';
import type { CarrierCall } from '../../rig/carrier';
import { engineName } from '../centre';

const customer = { queueId: 'support', number: '+33199000000' };

/** The real server around either engine, with customers who call its queue "support". */
export class ServerAround {
  /** Null with the embedded engine, which dies with its server. */
  private asterisk: AsteriskCustomers | null = null;
  private readonly calls: CarrierCall[] = [];

  async open(): Promise<void> {
    if (engineName === 'asterisk') this.asterisk = await AsteriskCustomers.open();
  }

  openServer(): Promise<TestCentre> {
    const { asterisk } = this;
    return TestCentre.open({
      createTelephony: parts =>
        asterisk === null
          ? new EmbeddedTelephony({ ...parts, domain: sipRealm, clock: systemClock })
          : new AsteriskTelephony({ ...parts, access: asterisk.access, clock: systemClock }),
    });
  }

  /** Says 440 Hz and waits for ever. @returns the call's id */
  async customerCalls(centre: TestCentre): Promise<string> {
    if (this.asterisk === null) {
      const payload = { ...customer, voice: { kind: 'tone', hz: 440 }, givesUpAfterMs: null };
      const headers = { 'x-demo-key': demoKey };
      return (await centre.ask('POST', '/api/demo/callers', { headers, payload })).json<{ callId: string }>().callId;
    }
    const { callId, call } = await this.asterisk.call({ ...customer, name: 'Camille Roux', hz: 440 });
    this.calls.push(call);
    return callId;
  }

  async sendCustomersHome(): Promise<void> {
    for (const call of this.calls.splice(0)) if (call.state !== 'ended') call.hangUp();
  }

  async close(): Promise<void> {
    await this.asterisk?.close();
  }
}
