import { AppError } from '../../src-shared/errors/app-error';
import type { SessionView } from '../../src-shared/ipc/agent-notices';
import type { Input } from '../../src-shared/ipc/agent-requests';
import type { AgentProfile, RouteOutput, ServerInfo } from '../../src-shared/server-api/rest-routes';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { LiveConnection } from './live-connection';
import type { RestClient } from './rest-client';
import { parseServerAddress, webSocketAddress } from './server-address';

type SignedIn = RouteOutput<'sign-in'>;
export type EndReason = NonNullable<SessionView['endedBecause']>;

export interface SignInNeeds {
  readonly rest: RestClient;
  readonly live: LiveConnection;
  /** Name of this computer, so that the person can tell two sessions apart. */
  readonly machine: string;
  readonly log: Logger;
  /** Keeps the address, and the identifier if the person asked for it (null: forget it). The password is not among them. */
  readonly remember: (serverUrl: string, identifier: string | null) => void;
  /** Hangs up and unregisters while the line is still ours. */
  readonly leaveLine: () => Promise<void>;
}

/** How long leaving the line, and then telling the server, may take each. */
const farewellMs = 1_500;

/** The session: who is signed in where. The password passes through and is kept nowhere, tokens only in memory. */
export class SignIn {
  readonly changes = new Announcer<SessionView>();
  /** A session has begun; everything the services need to start work. */
  readonly beginnings = new Announcer<SignedIn>();
  /** The session is over; the services put down what belonged to it. */
  readonly endings = new Announcer<EndReason>();
  #signingIn: Promise<void> | null = null;
  #view: SessionView = { agent: null, server: 'signed-out', serverName: null, support: null, endedBecause: null };

  constructor(private readonly needs: SignInNeeds) {
    needs.live.changes.hear(isUp => {
      if (this.#view.agent) this.#show({ ...this.#view, server: isUp ? 'online' : 'offline' });
    });
  }

  get view(): SessionView {
    return this.#view;
  }

  get agent(): AgentProfile | null {
    return this.#view.agent;
  }

  /** Is this address our server? @throws AppError `server/bad-address`, `server/unreachable`, `server/not-ours`, `server/certificate-unknown` */
  async probe(typedAddress: string): Promise<ServerInfo> {
    const origin = parseServerAddress(typedAddress);
    if (this.#view.agent === null) this.needs.rest.useServer(origin);
    return this.needs.rest.call('server.info', {});
  }

  /** @throws AppError as `probe`, and `sign-in/wrong-credentials`, `sign-in/throttled` with `{seconds}` */
  signIn(input: Input<'session.sign-in'>): Promise<void> {
    // Asked twice, it is one sign-in: a second one would end the first as "signed in elsewhere".
    this.#signingIn ??= this.#signInOnce(input).finally(() => (this.#signingIn = null));
    return this.#signingIn;
  }

  async #signInOnce({
    serverUrl: typedAddress,
    identifier,
    password,
    rememberIdentifier,
  }: Input<'session.sign-in'>): Promise<void> {
    if (this.#view.agent !== null) throw new AppError('forbidden', 'somebody is signed in');
    const { rest, live, machine, log, remember } = this.needs;
    const origin = parseServerAddress(typedAddress);
    const info = await this.probe(typedAddress); // the password goes to nobody who has not said that it is our server
    const signedIn = await rest.call('sign-in', { identifier: identifier.trim(), password, machine });
    const liveUrl = webSocketAddress(origin, signedIn.liveUrl);
    rest.useTokens(signedIn);
    remember(origin, rememberIdentifier ? identifier.trim() : null);
    log.info(`signed in at ${origin} as extension ${signedIn.agent.extension}`);
    this.#show({
      agent: signedIn.agent,
      server: 'online',
      serverName: info.name,
      support: info.support,
      endedBecause: null,
    });
    live.open(origin, liveUrl); // before the line registers: the server's view of that registration is told here
    this.beginnings.announce(signedIn);
  }

  /** A code for a new password is to be mailed. @throws AppError as `probe`, and `sign-in/throttled`, `forbidden` */
  async askForCode({ serverUrl, identifier }: Input<'password.ask'>): Promise<void> {
    await this.probe(serverUrl);
    await this.needs.rest.call('password.ask', { identifier });
  }

  /** @throws AppError as `probe`, and `password/code-wrong`, `password/too-weak`, `sign-in/throttled` */
  async resetPassword({ serverUrl, ...wanted }: Input<'password.reset'>): Promise<void> {
    await this.probe(serverUrl); // the new password goes to nobody who has not said that it is our server
    await this.needs.rest.call('password.reset', wanted);
  }

  /** The person leaves: first the line, which the server revokes with the session, then the server is told if it can be reached. */
  async signOut(reason: EndReason = 'signed-out'): Promise<void> {
    if (this.#view.agent === null) return;
    await this.#atMost(this.needs.leaveLine(), 'line not left');
    await this.#atMost(this.needs.rest.call('sign-out', {}), 'sign-out not told to the server');
    this.end(reason);
  }

  /** Waits a little; whoever leaves is not held up by what does not answer. */
  async #atMost(step: Promise<unknown>, failure: string): Promise<void> {
    const done = step.then(
      () => undefined,
      (error: unknown) => this.needs.log.warn(`${failure}: ${reasonOf(error)}`),
    );
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([done, new Promise<void>(resolve => (timer = setTimeout(resolve, farewellMs)))]);
    clearTimeout(timer);
  }

  /** Ends the session on this side. The reason is said on the sign-in screen. */
  end(reason: EndReason): void {
    if (this.#view.agent === null) return;
    this.needs.log.info(`session ended: ${reason}`);
    this.#show({ ...this.#view, agent: null, server: 'signed-out', endedBecause: reason });
    this.needs.live.close();
    this.needs.rest.useTokens(null);
    this.endings.announce(reason);
  }

  #show(view: SessionView): void {
    this.#view = view;
    this.changes.announce(view);
  }
}
