import type { FastifyInstance } from 'fastify';
import { AppError, type ErrorCode } from '../../src-shared/errors/app-error';

/** HTTP status of each expected failure; what is not named here is a bad request. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  'sign-in/wrong-credentials': 401,
  'sign-in/expired': 401,
  'sign-in/not-signed-in': 401,
  'sign-in/throttled': 429,
  'password/code-wrong': 403,
  forbidden: 403,
  'not-found': 404,
  'call/unknown': 404,
  'line/refused': 409,
  'line/not-ready': 409,
  'line/phone-not-registered': 409,
  'agent/not-allowed': 409,
  'agent/not-confirmed': 409,
  'agent/reason-unknown': 409,
  'queue/pushed-back-too-long': 409,
  'queue/undo-too-late': 409,
  'search/too-many': 409,
  'recording/missing': 404,
  'recording/damaged': 409,
  'recording/empty': 409,
  'recording/deleted': 410,
  'recording/still-running': 409,
  'wrap-up/over': 409,
  'wrap-up/no-more-time': 409,
  'call/not-allowed': 409,
  'conference/full': 409,
  'transfer/to-oneself': 409,
  'transfer/not-outside': 403,
  'telephony/unreachable': 503,
  'database/unreachable': 503,
  internal: 500,
};

/** Every answer that is not 2xx has the body `restFailure`. A bug is told as `internal` and nothing more; the log has the rest. */
export function answerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'not-found', message: 'no such route', params: {} }),
  );
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof AppError) {
      const { code, message, params } = error;
      if (code === 'sign-in/throttled' && typeof params['seconds'] === 'number')
        reply.header('retry-after', params['seconds']);
      request.log.info(`refused: ${request.method} ${request.routeOptions.url ?? 'unknown'}: ${code}`);
      if (code === 'sign-in/not-signed-in' || code === 'sign-in/expired') reply.header('www-authenticate', 'Bearer');
      return reply.code(statusOf[code] ?? 400).send({ code, message, params });
    }
    // Fastify's own refusals: not JSON, too long, wrong media type.
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status < 500)
      return reply.code(status).send({ code: 'ipc/bad-input', message: 'the request could not be read', params: {} });
    request.log.error({ err: error }, 'request failed');
    return reply.code(500).send({ code: 'internal', message: 'internal', params: {} });
  });
}
