import { describe, expect, it } from 'vitest';
import { ConsultedDesk } from '../../../../src-main/consulted/consulted-desk';
import type { ConsultContext } from '../../../../src-shared/consult/consult-context';
import type { CustomerCard } from '../../../../src-shared/customers/customer-card';
import { AppError } from '../../../../src-shared/errors/app-error';
import { QuietLogger } from '../../../fakes/quiet-logger';

const about = (callId: string): ConsultContext => ({
  callId,
  consultCallId: null,
  by: { extension: '1001', name: 'Alice Martin' },
  reason: '',
  queueName: null,
  customer: { number: '+33199000000', name: null },
  startedAt: 0,
  waitedMs: 0,
  answeredAt: null,
  askedAt: 0,
  hasCustomer: false,
});
const card = (name: string): CustomerCard => ({
  number: '',
  name,
  company: null,
  language: null,
  calls: [],
  callCount: 0,
});

function aDesk(fetch: (callId: string) => Promise<CustomerCard>) {
  const desk = new ConsultedDesk(fetch, new QuietLogger());
  const told: (readonly (string | null)[])[] = [];
  desk.changes.hear(customers => told.push(customers.map(({ card: known }) => known?.name ?? null)));
  return { desk, told };
}
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('customers about whom colleagues ask', () => {
  it('are shown at once, and with their card as soon as it is there; it is fetched once', async () => {
    const asked: string[] = [];
    const { desk, told } = aDesk(async callId => (asked.push(callId), card('Camille')));
    desk.told([about('c1')]);
    expect(told).toEqual([[null]]);
    await settled();
    expect(told.at(-1)).toEqual(['Camille']);
    desk.told([{ ...about('c1'), hasCustomer: true }]);
    expect(told.at(-1)).toEqual(['Camille']);
    expect(asked).toEqual(['c1']);
  });

  it('are forgotten when it is over, also by a card that comes late', async () => {
    const { desk, told } = aDesk(async () => card('Camille'));
    desk.told([about('c1')]);
    desk.end();
    await settled();
    expect(told).toEqual([[null], []]);
    expect(desk.customers).toEqual([]);
  });

  it('are asked for again with the next news when the centre did not answer', async () => {
    let isAway = true;
    const { desk, told } = aDesk(async () => {
      if (isAway) throw new AppError('server/unreachable');
      return card('Camille');
    });
    desk.told([about('c1')]);
    await settled();
    isAway = false;
    desk.told([about('c1')]);
    await settled();
    expect(told.at(-1)).toEqual(['Camille']);
  });
});
