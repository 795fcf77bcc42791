import type { EndCause } from '../../../src-shared/call/end-cause';
import type { Extension, QueueDefinition, TelephonyDirectory } from '../telephony';

/** How a simulated subscriber behaves. `refuses` and `rings-for-ever` are for tests and demonstrations. */
export type SubscriberBehaviour =
  | { readonly kind: 'answers' }
  | { readonly kind: 'refuses'; readonly cause: EndCause; readonly sipStatus: number }
  | { readonly kind: 'rings-for-ever' }
  /** Answers and plays 700 Hz: something that can be measured. */
  | { readonly kind: 'tone' };

export type Route =
  | { readonly to: 'extension'; readonly extension: Extension }
  | { readonly to: 'queue'; readonly queue: QueueDefinition }
  | { readonly to: 'echo' }
  | { readonly to: 'subscriber'; readonly behaviour: SubscriberBehaviour }
  | { readonly to: 'nobody' };

const echoNumber = '*43';

/** Endings of subscriber numbers that do something else than answer. */
const specialEndings: Record<string, SubscriberBehaviour> = {
  '000404': { kind: 'refuses', cause: 'not-found', sipStatus: 404 },
  '000480': { kind: 'refuses', cause: 'unreachable', sipStatus: 480 },
  '000486': { kind: 'refuses', cause: 'busy', sipStatus: 486 },
  '000603': { kind: 'refuses', cause: 'rejected', sipStatus: 603 },
  '000408': { kind: 'rings-for-ever' },
  '000700': { kind: 'tone' },
};

/** Where a dialled number leads. Pure. */
export function routeOf(dialled: string, directory: TelephonyDirectory): Route {
  if (dialled === echoNumber) return { to: 'echo' };
  const extension = directory.extensions().find(known => known.extension === dialled);
  if (extension !== undefined) return { to: 'extension', extension };
  const queue = directory.queues().find(({ number }) => number === dialled);
  if (queue !== undefined) return { to: 'queue', queue };
  if (!/^\+?\d{6,15}$/.test(dialled)) return { to: 'nobody' };
  return { to: 'subscriber', behaviour: specialEndings[dialled.slice(-6)] ?? { kind: 'answers' } };
}
