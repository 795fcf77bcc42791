import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LineProvisioning } from '../../../../../src-server/telephony/asterisk/lines/line-provisioning';
import { FakeClock } from '../../../../fakes/fake-clock';
import { until } from '../../../../telephony/sip-socket';

const clock = new FakeClock();
let server: Server;
let asked: string[];
/** How often Asterisk says that it knows the endpoint, after it was deleted. */
let knownFor: number;
let warnings: string[];
let lines: LineProvisioning;
beforeEach(async () => {
  [asked, knownFor, warnings] = [[], 0, []];
  server = createServer((request, response) => {
    const path = request.url?.replace(/.*(?:res_pjsip|ari)\//, '') ?? '';
    asked.push(`${request.method} ${path}`);
    const isAsked = request.method === 'GET';
    if (isAsked) knownFor -= 1;
    response.writeHead(isAsked && knownFor < 0 ? 404 : 200).end('{}');
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ignored = (): void => undefined;
  const log = { debug: ignored, info: ignored, error: ignored, warn: (line: string) => void warnings.push(line) };
  lines = new LineProvisioning({ url, user: 'centre', secret: 'secret', ca: null }, clock, log);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise(closed => server.close(closed));
});

const remove = (): Promise<boolean> => lines.remove('1001', async aor => [`${aor};@abc`]);
const isDone = async (removed: Promise<boolean>, passMs: number): Promise<boolean> => {
  let isOver = false;
  void removed.finally(() => (isOver = true));
  await until('the line is gone', () => {
    clock.pass(passMs);
    return isOver;
  });
  return removed;
};

test('a line that is taken away is touched no more until Asterisk itself has forgotten it', async () => {
  knownFor = 3;
  expect(await isDone(remove(), 5)).toBe(true);
  const gone = 'GET endpoints/PJSIP/1001';
  expect(asked).toEqual([
    'DELETE endpoint/1001',
    gone,
    gone,
    gone,
    gone,
    'DELETE contact/1001%3B%40abc',
    'DELETE aor/1001',
    'DELETE auth/1001',
  ]);
  expect(warnings).toEqual([]);
});

test('one that Asterisk does not forget is said, and the rest of it goes', async () => {
  knownFor = Number.POSITIVE_INFINITY;
  expect(await isDone(remove(), 500)).toBe(true);
  expect(warnings).toEqual(['asterisk: line 1001 is still known 2000 ms after it was taken away']);
  expect(asked.slice(-2)).toEqual(['DELETE aor/1001', 'DELETE auth/1001']);
});
