import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

test('@dashboard @engine figures change when a call ends, and open their definition and their calls', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  const calls = page.locator('[data-figure="today.calls"]');
  const missed = page.locator('[data-figure="today.not-answered"]');
  await expect(page.getByTestId('answered-rings').getByRole('img').first()).toHaveAccessibleName(/Yesterday .+ month/);
  await expect(calls).toHaveAttribute('data-value', /\d/);
  const before = Number(await calls.getAttribute('data-value'));
  const missedBefore = Number(await missed.getAttribute('data-value'));

  await centre.customerCalls({ name: 'Camille Roux' });
  await agent.answer();
  await agent.hangUp();
  await expect(calls).toHaveAttribute('data-value', String(before + 1));

  const impatient = await centre.customerCalls({ name: 'Priya Raman', number: '+14165550177' });
  await expect(agent.incoming).toContainText('Priya Raman');
  await impatient.hangUp();
  await expect(missed).toHaveAttribute('data-value', String(missedBefore + 1));
  await expect(page.locator('[data-figure="today.missed.caller-left"]')).toBeVisible();
  await expect(agent.recentRows.first()).toContainText('Caller hung up');

  await missed.focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Missed' });
  await expect(sheet).toContainText('Queue calls that rang at your phone and that you did not get');
  await expect(sheet.getByTestId('figure-value')).toHaveText(String(missedBefore + 1));
  await expect(sheet.locator('tbody tr')).toHaveCount(missedBefore + 1);
  await expect(sheet.locator('tbody tr').first()).toContainText('Priya Raman');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(missed).toBeFocused();
});

test('@dashboard @engine the last 10 to 200 calls of the extension, with legend, and my state in each queue', async ({
  agent,
  page,
}) => {
  await agent.signIn();
  await expect(agent.recentRows).toHaveCount(20);
  await expect(agent.recentCalls.getByRole('list', { name: 'What the icons mean' })).toContainText('Missed');
  for (const column of ['Number', 'Ext.', 'Date', 'Time', 'Duration'])
    await expect(agent.recentCalls.getByRole('columnheader', { name: column, exact: true })).toBeVisible();
  await expect(agent.recentCalls).toContainText(/\d\d:\d\d:\d\d/);
  await page.getByRole('button', { name: 'Top 20' }).click();
  await page.getByRole('menuitem', { name: 'Top 50' }).click();
  await expect(agent.recentRows).toHaveCount(50);
  await page.reload();
  await expect(agent.recentRows).toHaveCount(50);
  const queue = page.locator('[data-testid=queue][data-queue-id=support]');
  await expect(queue).toContainText('You are on break');
  await agent.button('Become available').click();
  await expect(queue).toContainText('You take its calls');
});

test('@dashboard @engine a server that is gone leaves the last known figures and says so', async ({
  agent,
  network,
  page,
}) => {
  await agent.signIn();
  const calls = page.locator('[data-figure="month.calls"]');
  await expect(calls).toHaveAttribute('data-value', /\d/);
  const known = String(await calls.getAttribute('data-value'));
  network.cutAll();
  await expect(page.getByText('The server does not answer').first()).toBeVisible();
  await expect(calls).toHaveAttribute('data-value', known);
  await calls.click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('alert')).toContainText('The server does not answer.');
  network.restore();
  await expect(page.getByText('Calls go on. What you see here')).toBeHidden();
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await expect(sheet.locator('tbody tr').first()).toBeVisible();
});
