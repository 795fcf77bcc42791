import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { livePath } from '../../../src-shared/server-api/live-messages';
import { recordingAudioPath, restFailure, restRoutes, serverInfo } from '../../../src-shared/server-api/rest-routes';
import { recordingPeaksPath } from '../../../src-shared/server-api/record-routes';
import packageJson from '../../../package.json' with { type: 'json' };
import { TestCentre } from './test-centre';

let centre: TestCentre;
const filesThere = (): unknown[] =>
  readdirSync(centre.folder, { recursive: true }).toSorted((a, b) => String(a).localeCompare(String(b)));
const soundRoute = ['recordings.audio', 'GET', recordingAudioPath] as const;
const shapeRoute = ['recordings.peaks', 'GET', recordingPeaksPath] as const;
beforeAll(async () => {
  centre = await TestCentre.open();
});
afterAll(() => centre.close());

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      { security: unknown[]; parameters?: { name: string; in: string }[]; requestBody?: unknown; operationId: string }
    >
  >;
}

describe('every route', () => {
  it('is in the OpenAPI document, with its access', async () => {
    const document = (await centre.ask('GET', '/openapi.json')).json<OpenApi>();
    expect(document.openapi).toBe('3.1.0');
    for (const [name, route] of Object.entries(restRoutes)) {
      const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
      expect(operation?.operationId).toBe(name);
      expect(operation?.security.length).toBe(route.access === 'public' ? 0 : 1);
      expect(operation?.requestBody === undefined).toBe(route.method === 'GET');
    }
    expect(document.paths['/api/calls/{callId}']?.['get']?.parameters).toMatchObject([
      { name: 'callId', in: 'path', required: true },
    ]);
    expect(document.paths['/api/calls/recent']?.['get']?.parameters).toMatchObject([
      { name: 'limit', in: 'query', required: false },
    ]);
    expect(document.paths[recordingAudioPath.replace(':recordingId', '{recordingId}')]).toBeDefined();
  });

  it.each(Object.entries(restRoutes).filter(([, route]) => route.access === 'signed-in'))(
    '%s asks who is there',
    async (_name, route) => {
      const url = route.path.replace(':callId', 'x');
      const payload = route.method === 'GET' ? {} : { payload: {} };
      expect((await centre.ask(route.method, url, payload)).json()).toMatchObject({ code: 'sign-in/not-signed-in' });
      expect((await centre.ask(route.method, url, { ...payload, token: 'made-up' })).json()).toMatchObject({
        code: 'sign-in/expired',
      });
    },
  );

  const withIds = Object.entries(restRoutes).filter(([, { path }]) => path.includes('/:'));
  const hostile = [
    '..',
    '../server.db',
    '..\\..\\server.db',
    '%00',
    'x\0',
    '.',
    '/etc/passwd',
    'é',
    "x' OR 1=1",
    'a'.repeat(300),
    ' ',
  ];
  it.each([...withIds.map(([name, { method, path }]) => [name, method, path] as const), soundRoute, shapeRoute])(
    '%s is refused with an id that is a path, a query or no id at all',
    async (_name, method, path) => {
      const { accessToken: token } = await centre.signIn('3001');
      const before = filesThere();
      for (const id of hostile)
        for (const written of new Set([encodeURIComponent(id), encodeURIComponent(encodeURIComponent(id))])) {
          const url = path.replace(/:\w+/g, written);
          const answer = await centre.ask(method, url, { token, ...(method === 'GET' ? {} : { payload: {} }) });
          expect([id, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([id, true]);
        }
      expect(filesThere()).toEqual(before);
    },
  );

  it('says who answers here', async () => {
    const info = serverInfo.parse((await centre.ask('GET', '/api/server-info')).json());
    expect(info).toEqual({
      product: 'agent-softphone-server',
      version: packageJson.version,
      name: 'Test centre',
      support: { email: 'help@centre.example', phone: null },
      canResetPassword: false,
    });
  });

  it('carries the security headers and no word of CORS', async () => {
    const { headers } = await centre.ask('GET', '/api/server-info', { headers: { origin: 'null' } });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
    expect(Object.keys(headers).filter(name => name.startsWith('access-control'))).toEqual([]);
  });

  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'http://localhost' }, 403],
    [{ host: 'evil.example' }, 403],
    [{ origin: 'app://agent' }, 200],
    [{ host: '127.0.0.1:8090' }, 200],
    [{ host: '[::1]:8090' }, 200],
  ])('answers %j with %i', async (headers, status) => {
    expect((await centre.ask('GET', '/api/server-info', { headers })).statusCode).toBe(status);
  });
});

describe('bad input', () => {
  const post = (payload: string, contentType = 'application/json') =>
    centre.ask('POST', '/api/sign-in', { payload, headers: { 'content-type': contentType } });

  it.each([
    ['not JSON', '{', 400],
    ['no object', '[]', 400],
    ['a string', '"x"', 400],
    ['missing fields', '{"identifier":"1001"}', 400],
    ['a wrong type', '{"identifier":{"$ne":1},"password":"x","machine":"x"}', 400],
    [
      'a polluted prototype',
      '{"__proto__":{"role":"administrator"},"identifier":"1001","password":"x","machine":"x"}',
      400,
    ],
    ['too much', JSON.stringify({ identifier: '1001', password: 'x'.repeat(70_000), machine: 'x' }), 413],
  ])('is refused with a code: %s', async (_name, payload, status) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(restFailure.parse(answer.json()).code).toBe('ipc/bad-input');
  });

  it('of another media type is refused', async () => {
    expect((await post('identifier=1001', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
  });

  it.each(["' OR 1=1 --", '"; DROP TABLE people; --', '1001\u0000', '%', '_'.repeat(4), '\ud800'])(
    'signs nobody in: %j',
    async identifier => {
      const answer = await centre.tryToSignIn(identifier, 'demo-1001', `127.1.0.${identifier.length}`);
      expect(answer.json()).toMatchObject({ code: 'sign-in/wrong-credentials' });
    },
  );

  it('cannot rename the call in the path from the query', async () => {
    const { accessToken } = await centre.signIn('2001');
    const own = (await centre.ask('GET', '/api/calls/recent', { token: accessToken })).json<{
      calls: { callId: string }[];
    }>().calls[0]?.callId;
    expect(own).toBeDefined();
    expect((await centre.ask('GET', `/api/calls/nothing?callId=${own}`, { token: accessToken })).statusCode).toBe(404);
  });

  it('in a limit is refused', async () => {
    const { accessToken } = await centre.signIn('1003');
    for (const limit of ['0', '201', 'x', '1.5'])
      expect((await centre.ask('GET', `/api/calls/recent?limit=${limit}`, { token: accessToken })).statusCode).toBe(
        400,
      );
    expect(
      (await centre.ask('GET', '/api/calls/recent?limit=200', { token: accessToken })).json<{ calls: unknown[] }>()
        .calls.length,
    ).toBeGreaterThan(100);
  });

  it('asks for routes that are not there', async () => {
    expect((await centre.ask('GET', '/api/nothing')).json()).toMatchObject({ code: 'not-found' });
    expect((await centre.ask('GET', livePath)).statusCode).toBe(404);
  });
});
