import { AppError, type ErrorCode } from '../../src-shared/errors/app-error';

/** What a person may be told of a failure: its code and figures, never its message. */
export interface ShownFailure {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** An expected failure keeps its code; anything else (the bridge itself broke) is `internal`. */
export function failureFrom(error: unknown): ShownFailure {
  return error instanceof AppError ? { code: error.code, params: error.params } : { code: 'internal', params: {} };
}
