import type { Call } from '../../../src-shared/call/call';

export interface Announcement {
  readonly key: 'incoming' | 'dialing' | 'ringing' | 'active' | 'held' | 'ended' | 'muted' | 'unmuted';
  readonly call: Call;
}

/** What a screen reader should say about the step from one list of calls to the next; the most urgent only. */
export function announcementOf(before: readonly Call[], now: readonly Call[]): Announcement | null {
  const changes = now.flatMap(call => {
    const change = changeOf(
      before.find(({ id }) => id === call.id),
      call,
    );
    return change === null ? [] : [{ key: change, call }];
  });
  return changes.find(({ key }) => key === 'incoming') ?? changes[0] ?? null;
}

function changeOf(before: Call | undefined, call: Call): Announcement['key'] | null {
  if (before?.state === call.state) return before.isMuted === call.isMuted ? null : call.isMuted ? 'muted' : 'unmuted';
  switch (call.state) {
    case 'dialing':
      return 'dialing';
    case 'ringing':
      return call.direction === 'inbound' ? 'incoming' : 'ringing';
    case 'active':
      return 'active';
    case 'held':
      return 'held';
    case 'ended':
      return 'ended';
    default:
      return null;
  }
}
