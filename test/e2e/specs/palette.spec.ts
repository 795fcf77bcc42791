import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

test('@shell @keyboard @shortcuts @engine a number is called and the call is worked from the palette alone', async ({
  agent,
  page,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const line = page.getByRole('combobox', { name: 'Command palette' });
  const order = async (typed: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(line).toBeFocused();
    await page.keyboard.type(typed);
    await expect(page.getByRole('dialog').getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(line).toBeHidden();
  };
  await order('call *43');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await order('mute');
  await expect(page.getByRole('button', { name: /^(un)?mute/i })).toHaveAttribute('aria-pressed', 'true');
  await order('hold');
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await order('resume');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await order('hang');
  await expect(agent.active).toBeHidden();
  await order('lunch');
  await expect(agent.agentState).toContainText('Lunch');
  await order('sett');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await order('number field');
  await expect(page.getByRole('textbox', { name: 'Number to call' })).toBeFocused();
});

test('@shell @keyboard @shortcuts what was used last comes first, what cannot be done is not offered', async ({
  agent,
  page,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option', { name: /^Hang up/ })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('Settings');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog').getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toBeHidden();
});

test('@shell @shortcuts @engine a call that rings takes the palette away', async ({ agent, centre, page }) => {
  await agent.becomeAvailable();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await expect(page.getByRole('combobox')).toBeHidden();
  await agent.answer();
  await agent.hangUp();
});
