import type { DemoCentre } from '../rig/demo-centre';
import { ask } from './ask-centre';

interface Entry {
  readonly id: string;
  readonly extension: string;
  readonly displayName: string;
}

/** A supervisor who works by the server's own routes. */
export class Supervisor {
  private constructor(
    private readonly centre: DemoCentre,
    private readonly accessToken: string,
    readonly displayName: string,
  ) {}

  static async signedIn(centre: DemoCentre, extension = '2003'): Promise<Supervisor> {
    const body = { identifier: extension, password: `demo-${extension}`, machine: 'suite' };
    const answer = await ask<{ accessToken: string; agent: { displayName: string } }>(centre, {
      method: 'POST',
      path: '/api/sign-in',
      body,
    });
    return new Supervisor(centre, answer.accessToken, answer.agent.displayName);
  }

  async setState(extension: string, state: 'available' | 'on-break', reason: string | null = null): Promise<void> {
    const token = this.accessToken;
    const { agents } = await ask<{ agents: readonly Entry[] }>(this.centre, {
      method: 'GET',
      path: '/api/agents',
      token,
    });
    const id = agents.find(entry => entry.extension === extension)?.id ?? 'nobody';
    await ask(this.centre, { method: 'PUT', path: `/api/agents/${id}/availability`, body: { state, reason }, token });
  }
}
