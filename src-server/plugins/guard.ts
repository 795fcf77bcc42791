import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../src-shared/errors/app-error';
import type { Session, SessionDesk } from '../sign-in/session-desk';
import { isHostAllowed, isOriginAllowed } from './origin-rules';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route. A route without it does not start. */
    access?: 'public' | 'signed-in' | 'demo-key';
  }
  interface FastifyRequest {
    /** Set on routes with access `signed-in`. */
    session: Session | null;
  }
}

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface GuardOptions {
  readonly sessions: SessionDesk;
  readonly isLoopbackOnly: boolean;
  readonly hasTls: boolean;
}

/** Deny by default: every route says who may call it, every request shows who calls, no page of the web may ask. */
export function guardRoutes(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest('session', null);
  app.addHook('onRoute', route => {
    if (route.config?.access === undefined) throw new Error(`route ${route.url} does not say who may call it`);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (options.hasTls) reply.header('strict-transport-security', 'max-age=31536000');
    if (!isOriginAllowed(request.headers) || !isHostAllowed(request.headers, options.isLoopbackOnly))
      throw new AppError('forbidden', 'origin or host refused');
    if (request.routeOptions.config.access === 'signed-in')
      request.session = options.sessions.authenticate(bearerToken(request));
  });
}

function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer ([\w-]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new AppError('sign-in/not-signed-in', 'no access token');
  return token;
}
