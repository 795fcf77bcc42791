import type { Page } from '@playwright/test';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import type { AgentWindow } from '../page-models/agent-window';
import type { DemoCentre } from '../../rig/demo-centre';

const rows = (page: Page) => page.getByTestId('calls-table').getByRole('row');

/** One call that is over, and the list of calls. @returns the customer's number */
async function afterOneCall(agent: AgentWindow, centre: DemoCentre, number: string): Promise<string> {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ number });
  await agent.answer();
  await agent.hangUp();
  await centre.storyOf(customer.callId);
  await agent.button('Calls').click();
  return number;
}

test('@calls @engine a call is found by four digits of its number as they are typed, and opens with its story', async ({
  agent,
  centre,
  page,
}) => {
  await afterOneCall(agent, centre, '+33159634602');
  const search = page.getByRole('searchbox');
  await search.fill('5963');
  await expect(rows(page).first()).toContainText('Answered');
  await search.fill('99999999');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search.fill('5963');
  await page.getByTestId('calls-table').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('call-story').getByRole('listitem').first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('calls-table')).toBeFocused();
  expect(await violations(page)).toEqual([]);
});

for (const text of ['%', '_', '"', '*', 'NEAR(a b)', 'a', "' OR 1=1 --", 'x'.repeat(500), '🙂', '   '])
  test(`@calls what is typed is text and nothing else: ${text.slice(0, 12)}`, async ({ agent, page }) => {
    await agent.signIn();
    await agent.button('Calls').click();
    await page.getByRole('searchbox').fill(text);
    await expect(page.getByText(/Nothing found|No calls yet|\d+ found/).first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
