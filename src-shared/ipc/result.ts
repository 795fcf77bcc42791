import { AppError, type ErrorCode } from '../errors/app-error';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}
/** What crosses a process border: an answer or a coded failure, never a thrown value. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: ErrorCode, message: string = code): Result<never> => ({
  ok: false,
  error: { code, message, params: {} },
});

/** An `AppError` becomes its code; anything else is a bug and is told as `internal` (the crash log has the stack). */
export function failureOf(error: unknown): Result<never> {
  if (error instanceof AppError)
    return { ok: false, error: { code: error.code, message: error.message, params: error.params } };
  return fail('internal', error instanceof Error ? error.message : String(error));
}
