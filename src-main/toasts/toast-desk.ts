import { randomUUID } from 'node:crypto';
import type { Call } from '../../src-shared/call/call';
import type { ErrorCode } from '../../src-shared/errors/app-error';
import type { Toast } from '../../src-shared/ipc/agent-notices';
import { Announcer } from '../base/announcer';

type ToastText = Extract<Toast['text'], { toast: unknown }>['toast'];

/** Short messages for the person, kept until a window is there to show them. */
export class ToastDesk {
  readonly news = new Announcer<Toast>();
  #unseen: Toast[] = [];
  #hasAudience = false;

  /** @param text an error's own sentence, or the name of a toast */
  show(kind: Toast['kind'], text: ToastText | { readonly error: ErrorCode }, params: Toast['params'] = {}): void {
    const toast: Toast = { id: randomUUID(), kind, text: typeof text === 'string' ? { toast: text } : text, params };
    if (this.#hasAudience) this.news.announce(toast);
    else this.#unseen.push(toast);
  }

  /** The window is listening: what came before it, in order; from now on `news`. */
  takeUnseen(): readonly Toast[] {
    this.#hasAudience = true;
    const unseen = this.#unseen;
    this.#unseen = [];
    return unseen;
  }
}

/** Says what an ended call means to the agent, if it needs saying. */
export function toastForEnding(call: Call): { kind: Toast['kind']; text: ToastText; params: Toast['params'] } | null {
  if (call.direction !== 'inbound' || call.answeredAt !== null) return null;
  const params = { number: call.remote.number, name: call.remote.name ?? call.remote.number };
  switch (call.endCause) {
    case 'answered-elsewhere':
      return { kind: 'info', text: 'answered-elsewhere', params };
    case 'caller-cancelled':
    case 'no-answer':
      return { kind: 'warning', text: 'missed-call', params };
    default:
      return null;
  }
}
