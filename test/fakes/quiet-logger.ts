import type { Logger } from '../../src-main/base/logger';

/** Keeps what was logged, for tests that are about it. */
export class QuietLogger implements Logger {
  readonly lines: string[] = [];
  readonly error = (message: string): void => void this.lines.push(`error ${message}`);
  readonly warn = (message: string): void => void this.lines.push(`warn ${message}`);
  readonly info = (message: string): void => void this.lines.push(`info ${message}`);
  readonly debug = (message: string): void => void this.lines.push(`debug ${message}`);
}
