import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../src-shared/base/clock';

const lifetimeMs = 12 * 3_600_000;
const secretBytes = 32;

/** One random SIP secret per extension and signed-in session. The person's password is not known here. */
export class LineSecrets {
  private readonly secrets = new Map<string, { secret: string; expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  /** Mints a secret; the former one of this extension is void from now on. */
  mint(extension: string): { secret: string; expiresAt: number } {
    const minted = { secret: randomBytes(secretBytes).toString('base64url'), expiresAt: this.clock.now() + lifetimeMs };
    this.secrets.set(extension, minted);
    return minted;
  }

  revoke(extension: string): void {
    this.secrets.delete(extension);
  }

  secretOf(extension: string): string | null {
    const minted = this.secrets.get(extension);
    return minted === undefined || minted.expiresAt <= this.clock.now() ? null : minted.secret;
  }
}
