import type { LightMyRequestResponse } from 'fastify';
import type { WritableDb } from '../../../src-server/database/tables';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import { told, type UntimedEvent } from '../../builders/a-told-call';
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

export const lunch = { state: 'on-break', reason: 'lunch' };
export const available = { state: 'available' };
export const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code;
/** What an engine may do when a pause is asked of it. */
export const refuses = async (): Promise<void> => {
  throw new Error('the engine says no');
};
export const obeys = async (): Promise<void> => undefined;

/** A centre in which Alice, extension 1001, is signed in and asks for states. */
export class AskingCentre {
  private constructor(
    readonly centre: TestCentre,
    readonly alice: string,
  ) {}

  static async open(): Promise<AskingCentre> {
    const centre = await TestCentre.open();
    return new AskingCentre(centre, (await centre.signIn('1001')).accessToken);
  }

  put(token: string, url: string, payload: object): Promise<LightMyRequestResponse> {
    return this.centre.ask('PUT', url, { token, payload });
  }

  asks(wanted: object, token = this.alice): Promise<LightMyRequestResponse> {
    return this.put(token, '/api/agent/availability', wanted);
  }

  async state(token = this.alice): Promise<AgentStatus> {
    return (await this.centre.ask('GET', '/api/agent', { token })).json<{ status: AgentStatus }>().status;
  }

  happens(...parts: readonly UntimedEvent[][]): void {
    this.centre.telephony.tell(...told(this.centre.clock.now(), parts.flat()));
  }

  /** Another process at the same database. */
  async inDatabase<T>(look: (db: WritableDb) => Promise<T>): Promise<T> {
    const db = await openDatabaseOf(this.centre.folder);
    try {
      return await look(db);
    } finally {
      await db.destroy();
    }
  }
}
