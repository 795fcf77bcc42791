import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError } from '../../src-shared/errors/app-error';
import { type RestRoutes, type RouteName, type RouteOutput, restRoutes } from '../../src-shared/server-api/rest-routes';
import type { Person } from '../database/person-table';
import type { Session } from '../sign-in/session-desk';

/** What an answer may know of the request besides its input. */
export interface RouteContext {
  readonly remoteAddress: string;
  /** Origin for WebSocket addresses as the app must use it, for example `wss://phone.example.com`. */
  readonly webSocketOrigin: string;
  /** @throws AppError `sign-in/not-signed-in` on a public route */
  signedIn(): { readonly session: Session; readonly person: Person };
}
type RouteAnswer<N extends RouteName> = (
  input: z.output<RestRoutes[N]['input']>,
  context: RouteContext,
) => Promise<RouteOutput<N>>;
/** The compiler demands an answer for each route of the table. */
export type RouteAnswers = { readonly [N in RouteName]: RouteAnswer<N> };

/** Parameters win over the body and the body over the query: nobody renames the object of a request from within its body. */
function inputOf(request: FastifyRequest): unknown {
  const { params, query, body } = request;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new AppError('ipc/bad-input', 'the body is not an object');
  return { ...asObject(query), ...asObject(body), ...asObject(params) };
}
const asObject = (part: unknown): object => (typeof part === 'object' && part !== null ? part : {});

/**
 * Registers every route of the shared table: input checked by its schema, output run through its schema, so that a field nobody promised
 * never leaves. Access is enforced by the sign-in guard, from `config.access`.
 */
export function answerRoutes(
  app: FastifyInstance,
  answers: RouteAnswers,
  contextOf: (request: FastifyRequest) => RouteContext,
): void {
  const register = <N extends RouteName>(name: N, answer: RouteAnswer<N>): void => {
    const route = restRoutes[name];
    app.route({
      method: route.method,
      url: route.path,
      config: { access: route.access },
      handler: async request => {
        const input = route.input.safeParse(inputOf(request));
        if (!input.success)
          throw new AppError(
            'ipc/bad-input',
            input.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '),
          );
        return route.output.parse(await answer(input.data as z.output<RestRoutes[N]['input']>, contextOf(request)));
      },
    });
  };
  for (const name of Object.keys(restRoutes) as RouteName[]) registerOne(name);
  function registerOne<N extends RouteName>(name: N): void {
    register(name, answers[name] as RouteAnswer<N>);
  }
}
