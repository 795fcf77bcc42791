import type { Clock } from '../../../../src-shared/base/clock';

interface Member {
  isPaused: boolean;
  /** Queues in which it is otherwise. */
  readonly exceptions: Set<string>;
  /** Since when nothing was asked of the member: the last queue call's end, or becoming available. */
  idleSince: number;
  wrapUpUntil: number;
}

/** What the queues know of their members. Everybody starts paused. */
export class MemberTable {
  private readonly members = new Map<string, Member>();

  constructor(private readonly clock: Clock) {}

  /** @param queueId null for every queue, whatever was said of single ones before */
  setPaused(extension: string, isPaused: boolean, queueId: string | null): void {
    const member = this.of(extension);
    const wasPaused = queueId === null ? member.isPaused : isPausedIn(member, queueId);
    if (wasPaused && !isPaused) member.idleSince = this.clock.monotonic();
    // Who says "available" during wrap-up has finished it.
    if (!isPaused) member.wrapUpUntil = 0;
    if (queueId === null) {
      member.isPaused = isPaused;
      member.exceptions.clear();
    } else if (isPaused === member.isPaused) member.exceptions.delete(queueId);
    else member.exceptions.add(queueId);
  }

  queueCallEnded(extension: string, wrapUpMs: number): void {
    const member = this.of(extension);
    member.idleSince = this.clock.monotonic();
    member.wrapUpUntil = this.clock.monotonic() + wrapUpMs;
  }

  /** Neither paused nor in wrap-up. */
  isWilling(extension: string, queueId: string): boolean {
    const member = this.of(extension);
    return !isPausedIn(member, queueId) && member.wrapUpUntil <= this.clock.monotonic();
  }

  /** Longest idle first. */
  byIdleTime(extensions: readonly string[]): string[] {
    return [...extensions].sort((a, b) => this.of(a).idleSince - this.of(b).idleSince);
  }

  private of(extension: string): Member {
    const known = this.members.get(extension);
    if (known !== undefined) return known;
    const member = { isPaused: true, exceptions: new Set<string>(), idleSince: this.clock.monotonic(), wrapUpUntil: 0 };
    this.members.set(extension, member);
    return member;
  }
}

const isPausedIn = ({ isPaused, exceptions }: Member, queueId: string): boolean => isPaused !== exceptions.has(queueId);
