import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { AppError, errorCode } from '../../src-shared/errors/app-error';
import { restFailure } from '../../src-shared/server-api/rest-routes';
import { trustedConnect, type CertificateTrust } from './certificate-trust';
import type { RestClient } from './rest-client';

export interface BytesWanted {
  readonly path: string;
  /** `bytes=first-last`; null: all of it. */
  readonly range: string | null;
  /** Validator of what is here already: when it is another now, all of it comes. */
  readonly ifRange?: string;
  readonly signal?: AbortSignal;
}
export interface Bytes {
  readonly status: 200 | 206;
  /** Of the whole thing. */
  readonly size: number;
  /** Where this part begins. */
  readonly first: number;
  readonly etag: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

/** A connection on which nothing comes for so long is lost. */
const silentMs = 15_000;
const longestFailure = 64 * 1024;

/** Streams bytes from the server; everything that is not JSON comes this way, and nothing of it is held in memory. */
export class ByteClient {
  constructor(
    private readonly rest: Pick<RestClient, 'origin' | 'accessToken'>,
    private readonly trust: CertificateTrust,
  ) {}

  /** @throws AppError the server's code, `server/unreachable`, `sign-in/…` */
  async get(wanted: BytesWanted): Promise<Bytes> {
    const answer = await this.#send(wanted, await this.rest.accessToken());
    if (answer.statusCode !== 401) return bytesOf(answer);
    answer.resume();
    return bytesOf(await this.#send(wanted, await this.rest.accessToken({ isRefused: true })));
  }

  #send({ path, range, ifRange, signal }: BytesWanted, token: string): Promise<IncomingMessage> {
    const { origin } = this.rest;
    if (origin === null) throw new AppError('server/bad-address', 'no server chosen');
    return new Promise((resolve, reject) => {
      const request = (origin.startsWith('https:') ? requestTls : requestPlain)(new URL(path, origin), {
        method: 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          ...(range === null ? {} : { range }),
          ...(ifRange === undefined ? {} : { 'if-range': ifRange }),
        },
        createConnection: trustedConnect(origin, this.trust),
        ...(signal === undefined ? {} : { signal }),
      });
      request.setTimeout(silentMs, () => request.destroy(new Error(`nothing came for ${silentMs} ms`)));
      request.once('error', error => reject(new AppError('server/unreachable', error.message)));
      request.once('response', resolve);
      request.end();
    });
  }
}

async function bytesOf(answer: IncomingMessage): Promise<Bytes> {
  const { statusCode: status = 0, headers } = answer;
  if (status !== 200 && status !== 206) throw await failureOf(answer);
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '');
  const size = status === 206 ? Number(range?.[2]) : Number(headers['content-length']);
  if (!Number.isSafeInteger(size)) {
    answer.destroy();
    throw new AppError('server/not-ours', `bytes of no known length, status ${status}`);
  }
  return { status, size, first: Number(range?.[1] ?? 0), etag: headers.etag ?? null, headers, body: answer };
}

async function failureOf(answer: IncomingMessage): Promise<AppError> {
  let text = '';
  try {
    for await (const chunk of answer) {
      text += String(chunk);
      if (text.length > longestFailure) break;
    }
    const { code, message, params } = restFailure.parse(JSON.parse(text));
    const known = errorCode.safeParse(code);
    return known.success ? new AppError(known.data, message, params) : new AppError('server/failed', code);
  } catch (error) {
    return new AppError('server/failed', `status ${answer.statusCode}: ${String(error)}`);
  }
}
