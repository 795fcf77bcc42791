import type { Clock } from '../../src-shared/base/clock';
import { AppError, errorCode } from '../../src-shared/errors/app-error';
import {
  restFailure,
  restRoutes,
  type RouteInput,
  type RouteName,
  type RouteOutput,
  type Tokens,
} from '../../src-shared/server-api/rest-routes';
import { Announcer } from '../base/announcer';
import type { HttpAnswer, HttpRequest, HttpTransport } from './http-transport';

/** Refresh a little before the end, so that a request does not arrive with a token that has just expired. */
const refreshBeforeMs = 20_000;

/** Speaks REST with one server, typed from `restRoutes`. Tokens live here and only in memory. */
export class RestClient {
  /** The refresh token was refused: the session is over. */
  readonly sessionLosses = new Announcer<void>();
  #origin: string | null = null;
  #tokens: Tokens | null = null;
  #refreshing: Promise<void> | null = null;

  constructor(
    private readonly transport: HttpTransport,
    private readonly clock: Clock,
  ) {}

  get origin(): string | null {
    return this.#origin;
  }

  /** From now on this server is spoken to; whoever was signed in elsewhere is not any more. */
  useServer(origin: string): void {
    this.#origin = origin;
    this.#tokens = null;
  }

  useTokens(tokens: Tokens | null): void {
    this.#tokens = tokens;
  }

  /**
   * Calls one route.
   * @throws AppError with the server's code, `server/unreachable`, `server/not-ours`, `server/certificate-unknown`, `sign-in/expired`
   */
  async call<N extends RouteName>(name: N, input: RouteInput<N>): Promise<RouteOutput<N>> {
    const route = restRoutes[name];
    if (route.access === 'public') return this.#read(name, await this.#send(name, input, {}));
    const answer = await this.#send(name, input, { authorization: `Bearer ${await this.accessToken()}` });
    if (answer.status !== 401) return this.#read(name, answer);
    return this.#read(
      name,
      await this.#send(name, input, { authorization: `Bearer ${await this.accessToken({ isRefused: true })}` }),
    );
  }

  /** A token that is good for some seconds more. @throws AppError `sign-in/not-signed-in`, `sign-in/expired` */
  async accessToken({ isRefused = false } = {}): Promise<string> {
    const before = this.#signedIn();
    if (isRefused || before.accessExpiresAt - refreshBeforeMs < this.clock.now()) await this.#refresh();
    return this.#signedIn().accessToken;
  }

  #signedIn(): Tokens {
    if (!this.#tokens) throw new AppError('sign-in/not-signed-in');
    return this.#tokens;
  }

  /** A refresh token works once: whoever needs a new pair meanwhile waits for the same answer. */
  #refresh(): Promise<void> {
    this.#refreshing ??= this.#refreshOnce().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #refreshOnce(): Promise<void> {
    const before = this.#signedIn();
    try {
      const tokens = await this.call('sign-in.refresh', { refreshToken: before.refreshToken });
      if (this.#tokens === before) this.#tokens = tokens;
    } catch (error) {
      const isOver = error instanceof AppError && error.code.startsWith('sign-in/');
      if (!isOver || this.#tokens !== before) throw error;
      this.#tokens = null;
      this.sessionLosses.announce();
      throw new AppError('sign-in/expired', error.message);
    }
  }

  async #send<N extends RouteName>(
    name: N,
    input: RouteInput<N>,
    authorization: Record<string, string>,
  ): Promise<HttpAnswer> {
    if (!this.#origin) throw new AppError('server/bad-address', 'no server chosen');
    return this.transport(this.#origin, requestOf(name, input, authorization));
  }

  #read<N extends RouteName>(name: N, answer: HttpAnswer): RouteOutput<N> {
    const json = parseJson(answer);
    if (answer.status >= 200 && answer.status < 300) {
      const output = restRoutes[name].output.safeParse(json);
      if (!output.success)
        throw new AppError(
          'server/not-ours',
          `${name}: ${output.error.issues.map(issue => issue.path.join('.')).join(', ')}`,
        );
      return output.data as RouteOutput<N>; // parsed by this very route's schema; the union of all routes hides that
    }
    const failure = restFailure.safeParse(json);
    if (!failure.success) throw new AppError('server/not-ours', `${name}: status ${answer.status} without a code`);
    const code = errorCode.safeParse(failure.data.code);
    if (code.success) throw new AppError(code.data, failure.data.message, failure.data.params);
    throw new AppError(
      answer.status === 401 ? 'sign-in/expired' : 'server/failed',
      `${name}: ${failure.data.code}: ${failure.data.message}`,
    );
  }
}

function parseJson({ body, contentType, status }: HttpAnswer): unknown {
  if (!/^application\/json\b/i.test(contentType))
    throw new AppError('server/not-ours', `status ${status}, ${contentType || 'no content type'}`);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AppError('server/not-ours', error instanceof Error ? error.message : 'not JSON');
  }
}

/** Path parameters go into the path; the rest is the query of a GET or the body of the others. */
function requestOf<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
  authorization: Record<string, string>,
): HttpRequest {
  const { method, path } = restRoutes[name];
  const rest = new Map(Object.entries(input));
  const filled = path.replace(/:(\w+)/g, (_match, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const headers = { accept: 'application/json', ...authorization };
  if (method === 'GET') {
    const query = new URLSearchParams(
      [...rest].map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    return { method, path: query === '' ? filled : `${filled}?${query}`, headers, body: null };
  }
  return {
    method,
    path: filled,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(rest)),
  };
}
