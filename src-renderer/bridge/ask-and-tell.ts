import type { AskName, Input } from '../../src-shared/ipc/agent-requests';
import { failureFrom } from './failure-from';
import { ask } from './ask';
import { showFailure } from '../stores/toast-store';

/** Asks main for something whose failure is said in a message, because no form is there to say it. @returns whether it was done */
export async function askAndTell<N extends AskName>(name: N, input: Input<N>): Promise<boolean> {
  try {
    await ask(name, input);
    return true;
  } catch (error) {
    showFailure(failureFrom(error));
    return false;
  }
}
