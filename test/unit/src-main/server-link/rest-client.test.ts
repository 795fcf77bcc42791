import { afterEach, describe, expect, it } from 'vitest';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import { httpTransport } from '../../../../src-main/server-link/http-transport';
import { probeCertificate, type CertificateTrust } from '../../../../src-main/server-link/certificate-trust';
import { RestClient } from '../../../../src-main/server-link/rest-client';
import { checkTrustChoice } from '../../../../src-main/server-link/trust-choice';
import { FakeClock } from '../../../fakes/fake-clock';
import { authorityPem, httpStandIn, json, type Answer, type HttpStandIn } from '../../../fakes/http-stand-in';

const info = {
  product: 'agent-softphone-server',
  version: '1.0.0',
  name: 'Centre',
  support: { email: null, phone: null },
  canResetPassword: false,
};
const nobodyElse: CertificateTrust = { pinnedFor: () => undefined, authorities: [] };
const servers: HttpStandIn[] = [];
afterEach(async () => void (await Promise.all(servers.splice(0).map(server => server.close()))));

async function aClient(
  answer: Answer,
  {
    certificate = null,
    trust = nobodyElse,
    timeoutMs,
  }: { certificate?: 'self-signed' | 'issued' | null; trust?: CertificateTrust; timeoutMs?: number } = {},
) {
  const server = await httpStandIn(answer, certificate);
  servers.push(server);
  const clock = new FakeClock();
  const rest = new RestClient(httpTransport(trust, timeoutMs), clock);
  rest.useServer(server.origin);
  return { server, clock, rest };
}
const tokensAt = (clock: FakeClock, n: number) => ({
  accessToken: `access-${n}`,
  accessExpiresAt: clock.now() + 900_000,
  refreshToken: `refresh-${n}`,
});

describe('whom it talks to', () => {
  it('knows our server', async () => {
    const { rest } = await aClient((_request, response) => json(response, 200, info));
    await expect(rest.call('server.info', {})).resolves.toEqual(info);
  });

  it.each<[string, Answer]>([
    [
      'a web page',
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>router</h1>'),
    ],
    ['another product', (_request, response) => json(response, 200, { ...info, product: 'something-else' })],
    [
      'a page not found',
      (_request, response) => void response.writeHead(404, { 'content-type': 'text/plain' }).end('404'),
    ],
    [
      'broken JSON',
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":'),
    ],
  ])('refuses %s as not ours', async (_name, answer) => {
    const { rest } = await aClient(answer);
    await expect(rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/not-ours' });
  });

  it('says unreachable when nobody listens', async () => {
    const { rest, server } = await aClient((_request, response) => json(response, 200, info));
    await server.close();
    await expect(rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/unreachable' });
  });

  it('says unreachable when no answer comes in time', async () => {
    const { rest } = await aClient(() => undefined, { timeoutMs: 50 });
    await expect(rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/unreachable' });
  });

  it('passes on the code and the figures of a refusal', async () => {
    const { rest } = await aClient((_request, response) =>
      json(response, 429, { code: 'sign-in/throttled', message: 'wait', params: { seconds: 30 } }),
    );
    await expect(rest.call('sign-in', { identifier: 'a', password: 'b', machine: 'm' })).rejects.toMatchObject({
      code: 'sign-in/throttled',
      params: { seconds: 30 },
    });
  });

  it('reports a code it does not know as a failure of the server', async () => {
    const { rest } = await aClient((_request, response) =>
      json(response, 500, { code: 'from-the-future', message: 'x' }),
    );
    await expect(rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/failed' });
  });
});

describe('certificates', () => {
  const hello: Answer = (_request, response) => json(response, 200, info);

  it('refuses one that nobody vouches for, and tells its fingerprint', async () => {
    const { rest, server } = await aClient(hello, { certificate: 'self-signed' });
    const fingerprint = await probeCertificate(server.origin);
    expect(fingerprint).toMatch(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
    await expect(rest.call('server.info', {})).rejects.toMatchObject({
      code: 'server/certificate-unknown',
      params: { fingerprint },
    });
    expect(server.asked).toEqual([]);
  });

  it('accepts the one that was chosen for this address', async () => {
    const pins = new Map<string, string>();
    const { rest, server } = await aClient(hello, {
      certificate: 'self-signed',
      trust: { pinnedFor: address => pins.get(address), authorities: [] },
    });
    pins.set(
      await checkTrustChoice(server.origin, (await probeCertificate(server.origin)).toLowerCase()),
      await probeCertificate(server.origin),
    );
    expect([...pins.keys()]).toEqual([server.hostAndPort]);
    await expect(rest.call('server.info', {})).resolves.toEqual(info);
  });

  it('refuses another one than was chosen, before a byte is sent', async () => {
    const { rest, server } = await aClient(hello, {
      certificate: 'issued',
      trust: { pinnedFor: () => '00:'.repeat(31) + '00', authorities: [authorityPem] },
    });
    await expect(rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/certificate-unknown' });
    expect(server.asked).toEqual([]);
  });

  it("accepts what the organisation's own authority issued, and nothing else", async () => {
    const trust = { pinnedFor: () => undefined, authorities: [authorityPem] };
    const issued = await aClient(hello, { certificate: 'issued', trust });
    await expect(issued.rest.call('server.info', {})).resolves.toEqual(info);
    const selfSigned = await aClient(hello, { certificate: 'self-signed', trust });
    await expect(selfSigned.rest.call('server.info', {})).rejects.toMatchObject({ code: 'server/certificate-unknown' });
  });

  it('does not take a choice for a certificate the server does not show', async () => {
    const { server } = await aClient(hello, { certificate: 'self-signed' });
    await expect(checkTrustChoice(server.origin, '00:'.repeat(31) + '00')).rejects.toMatchObject({
      code: 'server/certificate-unknown',
    });
  });
});

describe('tokens', () => {
  const status: AgentStatus = { ...signedOutStatus(1), state: 'available' };

  it('asks nothing without being signed in', async () => {
    const { rest, server } = await aClient((_request, response) => json(response, 200, {}));
    await expect(rest.call('agent.availability', { state: 'available' })).rejects.toMatchObject({
      code: 'sign-in/not-signed-in',
    });
    expect(server.asked).toEqual([]);
  });

  it('takes a new pair before the old one ends', async () => {
    const { rest, server, clock } = await aClient((request, response) =>
      json(response, 200, request.url?.endsWith('refresh') ? tokensAt(clock, 2) : status),
    );
    rest.useTokens({ ...tokensAt(clock, 1), accessExpiresAt: clock.now() + 5_000 });
    await rest.call('agent.availability', { state: 'available' });
    expect(server.asked.map(({ path, authorization }) => `${path} ${authorization}`)).toEqual([
      '/api/sign-in/refresh ',
      '/api/agent/availability Bearer access-2',
    ]);
  });

  it('after 401 takes one new pair for all who wait, and asks again', async () => {
    const { rest, server, clock } = await aClient((request, response) => {
      if (request.url?.endsWith('refresh')) return json(response, 200, tokensAt(clock, 2));
      if (request.headers.authorization === 'Bearer access-1')
        return json(response, 401, { code: 'sign-in/expired', message: 'x' });
      return json(response, 200, status);
    });
    rest.useTokens(tokensAt(clock, 1));
    await Promise.all([1, 2, 3].map(() => rest.call('agent.availability', { state: 'available' })));
    expect(server.asked.filter(({ path }) => path.endsWith('refresh'))).toHaveLength(1);
    expect(server.asked.filter(({ authorization }) => authorization === 'Bearer access-2')).toHaveLength(3);
  });

  it('asks again only once', async () => {
    const { rest, server, clock } = await aClient((request, response) =>
      request.url?.endsWith('refresh')
        ? json(response, 200, tokensAt(clock, 2))
        : json(response, 401, { code: 'sign-in/expired', message: 'x' }),
    );
    rest.useTokens(tokensAt(clock, 1));
    await expect(rest.call('agent.me', {})).rejects.toMatchObject({ code: 'sign-in/expired' });
    expect(server.asked.filter(({ path }) => path === '/api/agent')).toHaveLength(2);
  });

  it('knows that the session is over when the refresh token is refused', async () => {
    const { rest, clock } = await aClient((_request, response) =>
      json(response, 401, { code: 'sign-in/expired', message: 'reused' }),
    );
    let losses = 0;
    rest.sessionLosses.hear(() => (losses += 1));
    rest.useTokens(tokensAt(clock, 1));
    await expect(rest.call('agent.me', {})).rejects.toMatchObject({ code: 'sign-in/expired' });
    expect(losses).toBe(1);
  });

  it('keeps the session while the server is only unreachable', async () => {
    const { rest, server, clock } = await aClient((_request, response) => json(response, 200, status));
    let losses = 0;
    rest.sessionLosses.hear(() => (losses += 1));
    rest.useTokens({ ...tokensAt(clock, 1), accessExpiresAt: clock.now() });
    await server.close();
    await expect(rest.call('agent.me', {})).rejects.toMatchObject({ code: 'server/unreachable' });
    expect(losses).toBe(0);
  });

  it('puts path parameters into the path and the rest into the query', async () => {
    const { rest, server, clock } = await aClient((_request, response) =>
      json(response, 404, { code: 'not-found', message: 'x' }),
    );
    rest.useTokens(tokensAt(clock, 1));
    await expect(rest.call('calls.one', { callId: '../a b' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(rest.call('calls.recent', { limit: 7 })).rejects.toMatchObject({ code: 'not-found' });
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/calls/..%2Fa%20b', '/api/calls/recent?limit=7']);
  });
});
