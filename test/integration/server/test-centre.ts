import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, vi } from 'vitest';
import { buildServer } from '../../../src-server/build-server';
import type { ServerOptions } from '../../../src-server/centre';
import type { WrapUpPolicy } from '../../../src-shared/policy/agent-policy';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { FakeClock } from '../../fakes/fake-clock';
import { FakeTelephony } from '../../fakes/fake-telephony';
import { databaseUrlOf, dropDatabase, isOnPostgres, madeOnce, makeDatabase } from '../../rig/postgres';

// A fact may take long to come true on a machine that does other things as well.
vi.setConfig({ expect: { poll: { timeout: 8000 } } });

/** Cheap on purpose: what is tested is the rule, not the cost. */
const cheapPasswords = { N: 1024, r: 8, p: 1 };
export const demoKey = 'the key of this test';

/** Seeding is the slow part and always gives the same: done once, then copied. */
let seeded: Promise<string> | null = null;
afterAll(async () => {
  if (seeded !== null && !isOnPostgres()) rmSync(await seeded, { recursive: true, force: true });
  seeded = null;
});
async function freshFolder(): Promise<string> {
  seeded ??= (async () => (await madeOnce('seeded-centre', seed)) ?? (await seedAlone()))();
  const folder = mkdtempSync(join(tmpdir(), 'test-centre-'));
  cpSync(await seeded, folder, { recursive: true });
  await makeDatabase(folder, await seeded);
  return folder;
}

async function seedAlone(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'test-centre-seed-'));
  await seed(folder);
  return folder;
}
async function seed(folder: string): Promise<void> {
  const centre = await TestCentre.open({ folder });
  // Who has talked is free at once, unless a test is about what is done afterwards.
  await centre.wrapUpIs({ mode: 'none' });
  await centre.app.close();
}

/** The real server on a real database, with a fake engine and a fake clock. */
export class TestCentre {
  private constructor(
    readonly app: FastifyInstance,
    readonly telephony: FakeTelephony,
    readonly clock: FakeClock,
    readonly folder: string,
  ) {}

  static async open(
    changes: Partial<ServerOptions> & { folder?: string; clock?: FakeClock } = {},
  ): Promise<TestCentre> {
    const folder = changes.folder ?? (await freshFolder());
    await makeDatabase(folder);
    const databaseUrl = databaseUrlOf(folder);
    // For commands and servers that a test starts beside this one.
    if (databaseUrl !== null) process.env['DATABASE_URL'] = databaseUrl;
    const clock = changes.clock ?? new FakeClock();
    const telephony = new FakeTelephony();
    const app = await buildServer({
      dataFolder: folder,
      databaseUrl,
      assetsFolder: join(folder, 'no-assets'),
      logLevel: 'silent',
      host: '127.0.0.1',
      publicUrl: null,
      tls: null,
      name: 'Test centre',
      support: { email: 'help@centre.example', phone: null },
      demo: { key: demoKey, isScheduled: false },
      passwordCost: cheapPasswords,
      createTelephony: ({ isThere }) => Object.assign(telephony, { isThere }),
      ...changes,
      clock,
    });
    return new TestCentre(app, telephony, clock, folder);
  }

  /** What is done after the calls of every queue from now on. */
  async wrapUpIs(wrapUp: Partial<WrapUpPolicy>): Promise<void> {
    const usual = { mode: 'automatic', seconds: 30, extensionSeconds: 30, extensions: 2 };
    await this.ask('PUT', '/api/demo/wrap-up', {
      headers: { 'x-demo-key': demoKey },
      payload: { queueId: null, wrapUp: { ...usual, ...wrapUp } },
    });
  }

  async close(): Promise<void> {
    await this.app.close();
    await dropDatabase(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }

  ask(
    method: 'GET' | 'HEAD' | 'POST' | 'PUT',
    url: string,
    more: InjectOptions & { token?: string } = {},
  ): Promise<LightMyRequestResponse> {
    const { token, headers, ...rest } = more;
    return this.app.inject({
      method,
      url,
      ...rest,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    });
  }

  tryToSignIn(identifier: string, password: string, remoteAddress = '127.0.0.1'): Promise<LightMyRequestResponse> {
    return this.ask('POST', '/api/sign-in', { payload: { identifier, password, machine: 'desk-1' }, remoteAddress });
  }

  async signIn(extension: string): Promise<RouteOutput<'sign-in'>> {
    const answer = await this.tryToSignIn(extension, `demo-${extension}`);
    if (answer.statusCode !== 200) throw new Error(answer.body);
    const session = answer.json<RouteOutput<'sign-in'>>();
    // The app registers its line at once; a desk phone is there or not.
    if (session.line !== null) this.telephony.registered.add(extension);
    return session;
  }

  /** Listens on a free port, for what cannot be injected. */
  async listen(): Promise<string> {
    return this.app.listen({ host: '127.0.0.1', port: 0 });
  }
}
