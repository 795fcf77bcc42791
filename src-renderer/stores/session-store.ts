import { create } from 'zustand';
import type { SessionView } from '../../src-shared/ipc/agent-notices';

/** Mirror of main's session; null until the first snapshot. */
export const useSessionStore = create<{
  readonly session: SessionView | null;
  /** When the session will end because nobody is there; null: no need to warn. */
  readonly idleEndsAt: number | null;
  /** The centre reaches its telephone system. */
  readonly isTelephonyReachable: boolean;
}>(() => ({ session: null, idleEndsAt: null, isTelephonyReachable: true }));

/** A SIP extension: calls are heard and handled at a desk phone (S142). */
export const useIsPhoneOnDesk = (): boolean =>
  useSessionStore(({ session }) => session?.agent?.extensionKind === 'sip');
