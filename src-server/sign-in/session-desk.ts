import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { Tokens } from '../../src-shared/server-api/rest-routes';
import {
  endSession,
  extendSession,
  insertRefreshToken,
  insertSession,
  openSessions,
  type SessionEnd,
  redeemRefreshToken,
} from '../database/session-table';
import type { WritableDb } from '../database/tables';
import { InTurn } from '../in-turn';

const accessTokenLifeMs = 15 * 60_000;
/** A session that is not refreshed for this long is over: one shift. */
const sessionLifeMs = 12 * 60 * 60_000;
const sweepEveryMs = 60_000;
/** An answer to a refresh may be lost on the way: for so long the same token may ask again. */
const askAgainMs = 60_000;

export interface Session {
  readonly id: string;
  readonly personId: string;
}
interface AccessToken {
  readonly session: Session;
  readonly expiresAt: number;
}
/** The newest pair of a session, and what it was given for. */
interface Rotation {
  readonly redeemed: string;
  readonly at: number;
  readonly accessHash: string;
  readonly refreshHash: string;
  /** Somebody has shown one of the new tokens: the answer arrived. */
  hasArrived: boolean;
}
type EndListener = (session: Session, reason: SessionEnd) => void | Promise<void>;

/** Only hashes of tokens are kept, in memory and on disk. They are random and long, so a plain hash is enough. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const newToken = (): string => randomBytes(32).toString('base64url');

/** Who is signed in. Access tokens live in memory (a restart costs one refresh), sessions and refresh tokens in the database. */
export class SessionDesk {
  private readonly accessTokens = new Map<string, AccessToken>();
  private readonly open = new Map<string, Session & { expiresAt: number }>();
  private readonly rotations = new Map<string, Rotation>();
  private readonly endReasons = new Map<string, SessionEnd>();
  private readonly endListeners = new Set<EndListener>();
  /** One beginning or end of a person's session at a time: of two machines at once, one must see the other. */
  private readonly turns = new InTurn();
  private refreshTurn: Promise<void> = Promise.resolve();
  private cancelSweep = (): void => undefined;

  constructor(
    private readonly db: WritableDb,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Takes up the sessions of the last run. */
  async start(): Promise<readonly Session[]> {
    for (const { id, personId, expiresAt } of await openSessions(this.db))
      this.open.set(id, { id, personId, expiresAt });
    await this.sweep();
    this.sweepLater();
    return [...this.open.values()];
  }

  stop(): void {
    this.cancelSweep();
  }

  /** Runs for every session that ends, whatever the reason, before `end` returns. */
  onEnded(listener: EndListener): void {
    this.endListeners.add(listener);
  }

  isOpen(sessionId: string): boolean {
    return this.open.has(sessionId);
  }

  /** Opens the one session of this person; a former one ends with `signed-in-elsewhere`. */
  begin(personId: string, machine: string): Promise<{ session: Session; tokens: Tokens }> {
    return this.turns.do(personId, async () => {
      await this.endAll(personId, 'signed-in-elsewhere');
      const now = this.clock.now();
      const session = { id: randomUUID(), personId, expiresAt: now + sessionLifeMs };
      await insertSession(this.db, { ...session, machine, startedAt: now });
      this.open.set(session.id, session);
      return { session, tokens: await this.issue(session) };
    });
  }

  /**
   * The next pair of tokens. A refresh token that was used before ends the session, one of its two holders being a thief, unless nobody
   * has shown the pair it was given: then that answer was lost, and the pair dies in favour of a new one.
   * @throws AppError `sign-in/expired`
   */
  refresh(refreshToken: string): Promise<Tokens> {
    const turn = this.refreshTurn.then(() => this.rotate(refreshToken));
    // One after the other: of two at once, the second must see what the first was given. Whoever asked is told of a failure.
    this.refreshTurn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  private async rotate(refreshToken: string): Promise<Tokens> {
    const now = this.clock.now();
    const hash = hashOf(refreshToken);
    const use = await redeemRefreshToken(this.db, hash, now);
    const session = use === null ? undefined : this.open.get(use.sessionId);
    if (use === null || session === undefined) throw new AppError('sign-in/expired', 'unknown refresh token');
    if (!use.isFirstUse && !(await this.takeBack(session.id, hash))) {
      await this.end(session.id, 'revoked');
      throw new AppError('sign-in/expired', 'refresh token used twice', { reason: 'revoked' });
    }
    if (session.expiresAt <= now) {
      await this.end(session.id, 'expired');
      throw new AppError('sign-in/expired', 'session expired', { reason: 'expired' });
    }
    session.expiresAt = now + sessionLifeMs;
    await extendSession(this.db, session.id, session.expiresAt);
    // The former access token stays good for the rest of its minutes: requests that are under way carry it.
    const tokens = await this.issue(session);
    const [accessHash, refreshHash] = [hashOf(tokens.accessToken), hashOf(tokens.refreshToken)];
    this.rotations.set(session.id, { redeemed: hash, at: now, accessHash, refreshHash, hasArrived: false });
    return tokens;
  }

  /** Kills the pair that was given for this token, if its answer never arrived. False: this is a second use. */
  private async takeBack(sessionId: string, redeemed: string): Promise<boolean> {
    const last = this.rotations.get(sessionId);
    const now = this.clock.now();
    if (last === undefined || last.redeemed !== redeemed || last.hasArrived || now - last.at > askAgainMs) return false;
    this.accessTokens.delete(last.accessHash);
    await redeemRefreshToken(this.db, last.refreshHash, now);
    return true;
  }

  /** @throws AppError `sign-in/expired`, with the reason if the session was ended by us */
  authenticate(accessToken: string): Session {
    const hash = hashOf(accessToken);
    const token = this.accessTokens.get(hash);
    const rotation = token === undefined ? undefined : this.rotations.get(token.session.id);
    if (rotation?.accessHash === hash) rotation.hasArrived = true;
    if (token === undefined) throw new AppError('sign-in/expired', 'unknown access token');
    const reason = this.endReasons.get(token.session.id);
    if (reason !== undefined) throw new AppError('sign-in/expired', 'session ended', { reason });
    if (token.expiresAt <= this.clock.now()) throw new AppError('sign-in/expired', 'access token expired');
    return token.session;
  }

  /** Ends the session of this person, if there is one. */
  endOf(personId: string, reason: SessionEnd): Promise<void> {
    return this.turns.do(personId, () => this.endAll(personId, reason));
  }

  async end(sessionId: string, reason: SessionEnd): Promise<void> {
    const session = this.open.get(sessionId);
    if (session !== undefined) await this.turns.do(session.personId, () => this.endNow(sessionId, reason));
  }

  private async endAll(personId: string, reason: SessionEnd): Promise<void> {
    for (const session of this.open.values()) if (session.personId === personId) await this.endNow(session.id, reason);
  }

  private async endNow(sessionId: string, reason: SessionEnd): Promise<void> {
    const session = this.open.get(sessionId);
    if (session === undefined) return;
    this.open.delete(sessionId);
    this.rotations.delete(sessionId);
    this.endReasons.set(sessionId, reason);
    await endSession(this.db, sessionId, this.clock.now(), reason);
    for (const listener of this.endListeners) await listener(session, reason);
  }

  private async issue(session: Session): Promise<Tokens> {
    const now = this.clock.now();
    const tokens = { accessToken: newToken(), accessExpiresAt: now + accessTokenLifeMs, refreshToken: newToken() };
    await insertRefreshToken(this.db, hashOf(tokens.refreshToken), session.id, now);
    this.accessTokens.set(hashOf(tokens.accessToken), {
      session: { id: session.id, personId: session.personId },
      expiresAt: tokens.accessExpiresAt,
    });
    return tokens;
  }

  private sweepLater(): void {
    this.cancelSweep = this.clock.after(sweepEveryMs, () => {
      this.sweep().catch(this.onFailure);
      this.sweepLater();
    });
  }

  /** Ends what was not refreshed in time and forgets tokens that nobody can use any more. */
  private async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const session of this.open.values()) if (session.expiresAt <= now) await this.end(session.id, 'expired');
    for (const [hash, token] of this.accessTokens) {
      if (token.expiresAt > now) continue;
      this.accessTokens.delete(hash);
      if (!this.open.has(token.session.id)) this.endReasons.delete(token.session.id);
    }
  }
}
