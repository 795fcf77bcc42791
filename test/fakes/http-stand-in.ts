import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const tlsFile = (name: string): string => readFileSync(resolve(import.meta.dirname, '../fixtures/tls', name), 'utf8');
export const authorityPem = tlsFile('authority.pem');

export interface HttpStandIn {
  readonly origin: string;
  readonly hostAndPort: string;
  /** What was asked: `METHOD path authorization body`. */
  readonly asked: {
    readonly method: string;
    readonly path: string;
    readonly authorization: string;
    readonly body: string;
  }[];
  close(): Promise<void>;
}
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
export const json = (response: ServerResponse, status: number, value: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));

/** A real HTTP(S) server on loopback that answers as the test says. */
export async function httpStandIn(
  answer: Answer,
  certificate: 'self-signed' | 'issued' | null = null,
): Promise<HttpStandIn> {
  const asked: { method: string; path: string; authorization: string; body: string }[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        body,
      });
      answer(request, response, body);
    });
  };
  const server = certificate
    ? createTls({ key: tlsFile(`${certificate}.key`), cert: tlsFile(`${certificate}.pem`) }, listener)
    : createPlain(listener);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    hostAndPort: `127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
