import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { Tokens } from '../../src-shared/server-api/rest-routes';
import { appendAudit } from '../database/audit-table';
import { type Person, personToSignIn } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import { hashPassword, isPasswordRight, type PasswordCost } from './password-hash';
import type { Session, SessionDesk } from './session-desk';
import { SignInThrottle } from './sign-in-throttle';

export interface SignInRequest {
  readonly identifier: string;
  readonly password: string;
  readonly machine: string;
  readonly remoteAddress: string;
}

/** Checks who signs in. The answer for an unknown name and for a wrong password is the same, and takes the same time. */
export class SignInActions {
  private readonly throttle: SignInThrottle;
  private readonly hashOfNobody: Promise<string>;

  constructor(
    private readonly parts: {
      readonly db: WritableDb;
      readonly sessions: SessionDesk;
      readonly clock: Clock;
      readonly passwordCost: PasswordCost;
    },
  ) {
    this.throttle = new SignInThrottle(parts.clock);
    this.hashOfNobody = hashPassword('', parts.passwordCost);
  }

  /** @throws AppError `sign-in/wrong-credentials`, `sign-in/throttled` */
  async signIn(request: SignInRequest): Promise<{ person: Person; session: Session; tokens: Tokens }> {
    const found = await personToSignIn(this.parts.db, request.identifier);
    const account = found?.person.id ?? `unknown:${request.identifier.toLowerCase()}`;
    const attempt = this.throttle.begin(account, request.remoteAddress);
    const isRight = await isPasswordRight(request.password, found?.passwordHash ?? (await this.hashOfNobody));
    if (found === null || !isRight) {
      await this.audit(found?.person.id ?? null, 'sign-in.refused', request);
      throw new AppError('sign-in/wrong-credentials');
    }
    attempt.succeeded();
    const { person } = found;
    const begun = await this.parts.sessions.begin(person.id, request.machine);
    await this.audit(person.id, 'sign-in.done', request);
    return { person, ...begun };
  }

  private async audit(
    personId: string | null,
    action: 'sign-in.done' | 'sign-in.refused',
    request: SignInRequest,
  ): Promise<void> {
    const entry = {
      at: this.parts.clock.now(),
      personId,
      action,
      subject: personId ?? 'unknown',
      detail: '',
      remoteAddress: request.remoteAddress,
    };
    await appendAudit(this.parts.db, entry);
  }
}
