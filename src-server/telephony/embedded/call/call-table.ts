import { AppError } from '../../../../src-shared/errors/app-error';
import type { Leg } from '../legs/leg';
import type { CentralCall } from './central-call';

/** Every call that lives now, oldest first. */
export class CallTable {
  private readonly calls = new Set<CentralCall>();

  add(call: CentralCall): void {
    this.calls.add(call);
  }

  delete(call: CentralCall): void {
    this.calls.delete(call);
  }

  get all(): readonly CentralCall[] {
    return [...this.calls];
  }

  /** @throws AppError `not-found` */
  find(callId: string): CentralCall {
    const call = this.all.find(({ id }) => id === callId);
    if (call === undefined) throw new AppError('not-found', `no call ${callId}`);
    return call;
  }

  ofLeg(leg: Leg): CentralCall | null {
    return this.all.find(call => call.has(leg)) ?? null;
  }
}
