import { ipcMain, type WebFrameMain } from 'electron';
import { agentRequests, type Answers, type AskName } from '../../src-shared/ipc/agent-requests';
import { fail, failureOf, ok, type Result } from '../../src-shared/ipc/result';

/**
 * Answers what the agent window asks; a missing answer does not compile, a bad sender or input is refused.
 * The answers are a promise because the window is up before the services are: an early ask waits for them.
 */
export function answerAgentRequests(
  answers: Promise<Answers>,
  isAgentWindow: (frame: WebFrameMain | null) => boolean,
  onBug: (name: AskName, error: unknown) => void,
): void {
  const serve = <N extends AskName>(name: N): void =>
    ipcMain.handle(`agent:${name}`, async (event, raw: unknown): Promise<Result<unknown>> => {
      if (!isAgentWindow(event.senderFrame)) return fail('ipc/wrong-sender');
      const input = agentRequests[name].input.safeParse(raw);
      if (!input.success)
        return fail('ipc/bad-input', `${name}: ${input.error.issues.map(issue => issue.code).join(', ')}`);
      try {
        return ok(await (await answers)[name](input.data as never)); // checked two lines above
      } catch (error) {
        const failure = failureOf(error);
        if (!failure.ok && failure.error.code === 'internal') onBug(name, error);
        return failure;
      }
    });
  (Object.keys(agentRequests) as AskName[]).forEach(serve);
}
