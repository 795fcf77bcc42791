import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import type { AskName, Input, Output } from '../../src-shared/ipc/agent-requests';
import { fail, ok, type Result } from '../../src-shared/ipc/result';
import type { ErrorCode } from '../../src-shared/errors/app-error';

type Answer<N extends AskName> = (input: Input<N>) => Promise<Result<Output<N>>> | Result<Output<N>>;
export type FakeAnswers = { [N in AskName]?: Answer<N> };

/** A bridge without a main behind it: snapshot and answers are given, notices are sent by hand, every ask is kept. */
export class FakeAgentBridge {
  readonly asked: { readonly name: string; readonly input: unknown }[] = [];
  readonly #listeners = new Set<(notice: AgentNotice) => void>();

  constructor(
    readonly snapshot: readonly AgentNotice[],
    readonly answers: FakeAnswers = {},
  ) {}

  readonly ask = async (name: string, input: unknown): Promise<unknown> => {
    this.asked.push({ name, input });
    if (name === 'app.snapshot') return ok(this.snapshot);
    const answer = this.answers[name as AskName] as ((input: unknown) => unknown) | undefined;
    return answer === undefined ? ok(undefined) : await answer(input);
  };

  readonly hear = (listener: (notice: AgentNotice) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  send(notice: AgentNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }
}

/** A refusal with figures for its text. */
export function refuse(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): Result<never> {
  const refusal = fail(code);
  return refusal.ok ? refusal : { ok: false, error: { ...refusal.error, params } };
}
