import { AppError } from '../../src-shared/errors/app-error';
import type { AskName, Input, Output } from '../../src-shared/ipc/agent-requests';
import type { Result } from '../../src-shared/ipc/result';
import './agent-bridge';

/**
 * Asks main; the only place in the window that does.
 * @throws AppError with the code main answered
 */
export async function ask<N extends AskName>(name: N, input: Input<N>): Promise<Output<N>> {
  const reply = (await window.agentBridge.ask(name, input)) as Result<Output<N>>;
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.params);
  return reply.value;
}
