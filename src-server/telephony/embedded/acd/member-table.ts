import type { Clock } from '../../../../src-shared/base/clock';

interface Member {
  isPaused: boolean;
  /** Since when nothing was asked of the member: the last queue call's end, or becoming available. */
  idleSince: number;
  wrapUpUntil: number;
}

/** What the queues know of their members. Everybody starts paused. */
export class MemberTable {
  private readonly members = new Map<string, Member>();

  constructor(private readonly clock: Clock) {}

  setPaused(extension: string, isPaused: boolean): void {
    const member = this.of(extension);
    if (member.isPaused && !isPaused) member.idleSince = this.clock.monotonic();
    // Who says "available" during wrap-up has finished it.
    if (!isPaused) member.wrapUpUntil = 0;
    member.isPaused = isPaused;
  }

  queueCallEnded(extension: string, wrapUpMs: number): void {
    const member = this.of(extension);
    member.idleSince = this.clock.monotonic();
    member.wrapUpUntil = this.clock.monotonic() + wrapUpMs;
  }

  /** Neither paused nor in wrap-up. */
  isWilling(extension: string): boolean {
    const { isPaused, wrapUpUntil } = this.of(extension);
    return !isPaused && wrapUpUntil <= this.clock.monotonic();
  }

  /** Longest idle first. */
  byIdleTime(extensions: readonly string[]): string[] {
    return [...extensions].sort((a, b) => this.of(a).idleSince - this.of(b).idleSince);
  }

  private of(extension: string): Member {
    const known = this.members.get(extension);
    if (known !== undefined) return known;
    const member = { isPaused: true, idleSince: this.clock.monotonic(), wrapUpUntil: 0 };
    this.members.set(extension, member);
    return member;
  }
}
