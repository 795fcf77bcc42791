import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { AppError } from '../../src-shared/errors/app-error';
import { isCertificateError, probeCertificate, trustedConnect, type CertificateTrust } from './certificate-trust';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
export type HttpTransport = (origin: string, request: HttpRequest) => Promise<HttpAnswer>;

/** No answer of ours is near this; a server that sends more is not ours. */
const longestAnswer = 8 * 1024 * 1024;

/**
 * One request over one trusted connection.
 * @throws AppError `server/unreachable`; `server/certificate-unknown` with `{fingerprint}`; `server/not-ours` when it never stops
 */
export function httpTransport(trust: CertificateTrust, timeoutMs = 10_000): HttpTransport {
  return async (origin, { method, path, headers, body }) => {
    try {
      return await new Promise<HttpAnswer>((resolve, reject) => {
        const isTls = origin.startsWith('https:');
        const request = (isTls ? requestTls : requestPlain)(new URL(path, origin), {
          method,
          headers: { ...headers, ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
          createConnection: trustedConnect(origin, trust),
          signal: AbortSignal.timeout(timeoutMs),
        });
        request.once('error', reject);
        request.once('response', response => {
          const chunks: Buffer[] = [];
          let length = 0;
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            length += chunk.length;
            if (length > longestAnswer) request.destroy(new AppError('server/not-ours', 'answer without end'));
          });
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        });
        request.end(body ?? undefined);
      });
    } catch (error) {
      throw await asAppError(origin, error);
    }
  };
}

async function asAppError(origin: string, error: unknown): Promise<AppError> {
  if (error instanceof AppError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (!isCertificateError(error)) return new AppError('server/unreachable', why);
  return new AppError('server/certificate-unknown', why, { fingerprint: await probeCertificate(origin) });
}
