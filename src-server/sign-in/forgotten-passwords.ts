import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { passwordProblem } from '../../src-shared/sign-in/password-rules';
import en from '../../src-shared/text/en.json';
import fr from '../../src-shared/text/fr.json';
import { type AuditEntry, appendAudit } from '../database/audit-table';
import { putPasswordReset, redeemPasswordReset, tryPasswordReset } from '../database/password-reset-table';
import { type Person, personToSignIn } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { SendMail } from '../mail/mailer';
import type { ServerLog } from '../server-log';
import { hashPassword, isPasswordRight, type PasswordCost } from './password-hash';
import { newResetCode, plainResetCode } from './reset-code';
import type { SessionDesk } from './session-desk';
import { SignInThrottle } from './sign-in-throttle';

export const resetCodeLifeMs = 15 * 60_000;
const triesPerCode = 5;
/** A mail for one account is sent at most so often, whoever asks. */
const mailEveryMs = 2 * 60_000;

export interface ForgottenPasswordParts {
  readonly db: WritableDb;
  readonly sessions: SessionDesk;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly passwordCost: PasswordCost;
  /** null: no mail server is known. */
  readonly sendMail: SendMail | null;
}
interface Asked {
  readonly identifier: string;
  readonly remoteAddress: string;
}

/** New passwords by mail (S297). No answer says, by its words or by its time, whether there is such an account. */
export class ForgottenPasswords {
  private readonly askThrottle: SignInThrottle;
  private readonly tryThrottle: SignInThrottle;
  private readonly hashOfNobody: Promise<string>;
  private readonly mailedAt = new Map<string, number>();
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ForgottenPasswordParts) {
    this.askThrottle = new SignInThrottle(parts.clock);
    this.tryThrottle = new SignInThrottle(parts.clock);
    this.hashOfNobody = hashPassword('', parts.passwordCost);
  }

  get canReset(): boolean {
    return this.parts.sendMail !== null;
  }

  /** Answers before anybody is looked for; the mail is sent afterwards. @throws AppError `sign-in/throttled`, `forbidden` without a mail server */
  ask(asked: Asked): void {
    if (!this.canReset) throw new AppError('forbidden', 'no mail server');
    this.askThrottle.begin(`asked:${asked.identifier.trim().toLowerCase()}`, asked.remoteAddress);
    this.work = this.work
      .then(() => this.mailCode(asked))
      .catch((error: unknown) => {
        // The error of a mail server may name the address: only its kind is told.
        this.parts.log.error(`reset mail not sent: ${error instanceof Error ? error.name : 'unknown'}`);
      });
  }

  /** @throws AppError `password/code-wrong`, `password/too-weak`, `sign-in/throttled` */
  async reset(asked: Asked & { readonly code: string; readonly password: string }): Promise<void> {
    const { db, clock, sessions, passwordCost } = this.parts;
    const attempt = this.tryThrottle.begin(`reset:${asked.identifier.trim().toLowerCase()}`, asked.remoteAddress);
    // Said of what was typed alone, before anybody is looked for.
    if (passwordProblem(asked.password, [asked.identifier.trim()]) !== null) throw new AppError('password/too-weak');
    const person = (await personToSignIn(db, asked.identifier))?.person ?? null;
    const stored = await tryPasswordReset(db, person?.id ?? '', clock.now());
    const isRight = await isPasswordRight(plainResetCode(asked.code), stored ?? (await this.hashOfNobody));
    if (person === null || stored === null || !isRight) {
      await this.audit(person?.id ?? null, 'password.reset-refused', asked.remoteAddress);
      throw new AppError('password/code-wrong');
    }
    const names = [person.identifier, person.email?.split('@')[0] ?? ''];
    if (passwordProblem(asked.password, names) !== null) throw new AppError('password/too-weak');
    const passwordHash = await hashPassword(asked.password, passwordCost);
    if (!(await redeemPasswordReset(db, person.id, { codeHash: stored, passwordHash })))
      throw new AppError('password/code-wrong', 'used meanwhile');
    attempt.succeeded();
    this.mailedAt.delete(person.id);
    await sessions.endOf(person.id, 'revoked');
    await this.audit(person.id, 'password.reset-done', asked.remoteAddress);
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.work;
  }

  private async mailCode({ identifier, remoteAddress }: Asked): Promise<void> {
    const { db, clock, passwordCost, sendMail } = this.parts;
    const person = (await personToSignIn(db, identifier))?.person ?? null;
    await this.audit(person?.id ?? null, 'password.reset-asked', remoteAddress);
    if (person?.email == null || sendMail === null) return;
    const now = clock.now();
    if (now - (this.mailedAt.get(person.id) ?? Number.NEGATIVE_INFINITY) < mailEveryMs) return;
    this.mailedAt.set(person.id, now);
    const code = newResetCode();
    const codeHash = await hashPassword(plainResetCode(code), passwordCost);
    await putPasswordReset(db, {
      personId: person.id,
      codeHash,
      expiresAt: now + resetCodeLifeMs,
      tries: triesPerCode,
    });
    await sendMail({ to: person.email, ...resetMail(person, code) });
  }

  private async audit(personId: string | null, action: AuditEntry['action'], remoteAddress: string): Promise<void> {
    const at = this.parts.clock.now();
    await appendAudit(this.parts.db, {
      at,
      personId,
      action,
      subject: personId ?? 'unknown',
      detail: '',
      remoteAddress,
    });
  }
}

/** In both languages: the server does not know which one this person reads. */
function resetMail(person: Person, code: string): { subject: string; text: string } {
  const minutes = String(resetCodeLifeMs / 60_000);
  const said = [en, fr].map(({ mail }) => ({
    subject: mail['reset-subject'],
    text: mail['reset-text']
      .replace('{{name}}', person.displayName)
      .replace('{{code}}', code)
      .replace('{{minutes}}', minutes),
  }));
  return {
    subject: said.map(({ subject }) => subject).join(' / '),
    text: said.map(({ text }) => text).join('\n\n'),
  };
}
