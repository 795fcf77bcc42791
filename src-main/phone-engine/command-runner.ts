import { AppError } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import { commandEnvelope } from '../../src-shared/ipc/engine-commands';
import type { Report } from './report';
import { logTo, messageOf } from './report';

/**
 * Turns what main sends into commands, and settles each exactly once: `done` or `failed`.
 * @returns the listener for the bridge
 */
export function commandRunner(
  run: (command: EngineCommand) => Promise<void>,
  report: Report,
): (envelope: unknown) => void {
  const log = logTo(report);
  const settle = async (id: string, command: EngineCommand): Promise<void> => {
    try {
      await run(command);
      report({ type: 'done', commandId: id });
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      if (code === 'internal') log('error', `${command.type}: ${messageOf(error)}`);
      report({ type: 'failed', commandId: id, code, message: messageOf(error).slice(0, 500) });
    }
  };
  return envelope => {
    const parsed = commandEnvelope.safeParse(envelope);
    if (parsed.success) {
      void settle(parsed.data.id, parsed.data.command);
      return;
    }
    log('error', `command not understood: ${parsed.error.issues.map(issue => issue.path.join('.')).join(', ')}`);
    const id = idOf(envelope);
    if (id !== null) report({ type: 'failed', commandId: id, code: 'ipc/bad-input', message: 'not a command' });
  };
}

function idOf(envelope: unknown): string | null {
  return typeof envelope === 'object' && envelope !== null && 'id' in envelope && typeof envelope.id === 'string'
    ? envelope.id
    : null;
}
