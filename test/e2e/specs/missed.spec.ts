import type { Page } from '@playwright/test';
import type { MissedCause } from '../../../src-shared/call/offer-outcome';
import type { Customer } from '../../rig/demo-centre';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import { Supervisor } from '../supervisor';

/** The centre lets it ring so long at one phone. */
const ringsMs = 15_000;

/** How many there are today as the dashboard has it; a cause that there was not is not shown. */
const countOf = async (page: Page, cause: MissedCause): Promise<number> => {
  const figure = page.locator(`[data-figure="today.missed.${cause}"]`);
  return (await figure.count()) === 0 ? 0 : Number(await figure.getAttribute('data-value'));
};

test('@missed @engine why a call was missed is the same in recent calls, on the dashboard and in the journal', async ({
  agent,
  centre,
  network,
  page,
}) => {
  test.setTimeout(120_000); // one of the calls rings until the centre gives up
  await agent.becomeAvailable();
  const supervisor = await Supervisor.signedIn(centre, '2001'); // the journal is read by another one
  const all = page.locator('[data-figure="today.not-answered"]');
  await expect(all).toHaveAttribute('data-value', /\d/);
  const allBefore = Number(await all.getAttribute('data-value'));

  const misses = async (
    [cause, word, queueId]: readonly [MissedCause, string, string],
    how: (customer: Customer) => Promise<void>,
  ) => {
    await test.step(word, async () => {
      const before = await countOf(page, cause);
      const customer = await centre.customerCalls({ queueId });
      await expect(agent.incoming).toBeVisible();
      await how(customer);
      const outcomes = async (): Promise<unknown[]> =>
        (await centre.journalOf(customer.callId)).legs.flatMap(({ offerOutcome }) => offerOutcome ?? []);
      await expect.poll(outcomes, { timeout: ringsMs + 10_000 }).toEqual([cause]);
      await expect(agent.incoming).toBeHidden();
      if ((await customer.state()) !== 'ended') await customer.hangUp();
      await expect(agent.recentCalls.locator(`tr[data-call-id="${customer.callId}"]`)).toContainText(word);
      await expect.poll(() => countOf(page, cause)).toBe(before + 1);
      await centre.storyOf(customer.callId); // it is over
      expect(await outcomes()).toEqual([cause]);
    });
  };
  await misses(['caller-left', 'Caller hung up', 'support'], customer => customer.hangUp());
  await misses(['declined', 'Declined', 'support'], () => agent.button('Decline').click());
  // Who has just declined is left in peace for a while, by that queue.
  await misses(['ring-no-answer', 'Rang out', 'billing'], async () => undefined);
  await misses(['state-changed', 'State changed', 'support'], () => supervisor.setState('1001', 'on-break', 'meeting'));
  await test.step('back from the meeting', async () => {
    await supervisor.setState('1001', 'available');
    await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  });
  await misses(['line-lost', 'Line lost', 'billing'], async customer => {
    network.cutSip();
    await expect
      .poll(async () => (await centre.journalOf(customer.callId)).legs.at(-1)?.offerOutcome, { timeout: 20_000 })
      .toBe('line-lost');
    await customer.hangUp(); // the queue would offer it again as soon as the line is back
    network.restore();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  });
  await expect(all).toHaveAttribute('data-value', String(allBefore + 5));
  expect(await violations(page)).toEqual([]);
});
