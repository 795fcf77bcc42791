import type { RouteOutput } from '../../src-shared/server-api/rest-routes';
import type { DemoCentre } from '../rig/demo-centre';
import { TestPhone } from '../telephony/test-phone';
import { ask } from './ask-centre';

/** An agent at another desk: a phone of a different make, and the centre's routes as their app would use them. */
export class Colleague {
  private constructor(
    private readonly centre: DemoCentre,
    private readonly accessToken: string,
    readonly phone: TestPhone,
  ) {}

  static async atWork(centre: DemoCentre, extension: string, hz: number): Promise<Colleague> {
    const body = { identifier: extension, password: `demo-${extension}`, machine: 'suite' };
    const { accessToken, line } = await ask<RouteOutput<'sign-in'>>(centre, {
      method: 'POST',
      path: '/api/sign-in',
      body,
    });
    if (line === null) throw new Error(`${extension} has no line`);
    const { webSocketUrl: url, authorizationUser, secret, sipUri } = line;
    const domain = sipUri.split('@')[1] ?? '';
    const phone = await TestPhone.registered({ url, extension: authorizationUser, secret, domain, hz });
    return new Colleague(centre, accessToken, phone);
  }

  /** Brings the party of a second call into the room of the first. */
  async merges(callId: string, consultCallId: string): Promise<void> {
    const path = `/api/calls/${callId}/merge`;
    await ask(this.centre, { method: 'POST', path, body: { consultCallId }, token: this.accessToken });
  }

  async takesBreak(reason: string): Promise<void> {
    const body = { state: 'on-break', reason };
    await ask(this.centre, { method: 'PUT', path: '/api/agent/availability', body, token: this.accessToken });
  }

  /** Says to whom the customer of a call is going to be brought, and what for. */
  async consults(callId: string, to: string, reason: string): Promise<void> {
    const path = `/api/calls/${callId}/consult`;
    await ask(this.centre, { method: 'PUT', path, body: { to, reason }, token: this.accessToken });
  }
}
