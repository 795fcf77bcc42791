import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

test('@queue @engine two callers wait, the newest on top; the list turns round and stays so', async ({
  agent,
  centre,
  page,
}) => {
  await agent.signIn();
  const queue = page.locator('[data-testid=queue][data-queue-id=support]');
  await expect(queue).toContainText('0 waiting');
  await centre.customerCalls({ name: 'Camille Roux' });
  await expect(queue).toContainText('1 waiting');
  await centre.customerCalls({ name: 'Priya Raman', number: '+14165550177' });
  const rows = queue.getByRole('option');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Priya Raman');
  await expect(rows.nth(0)).toContainText(/0?0:0[1-9]/);
  expect(await violations(page)).toEqual([]);
  await expect(page.getByTestId('channels')).toBeHidden(); // for who leads
  await agent.button('Newest on top').click();
  await expect(rows.nth(0)).toContainText('Camille Roux');
  await page.reload();
  await expect(rows.nth(0)).toContainText('Camille Roux');
});

test('@queue @engine a supervisor puts a caller first by keyboard, with a reason; it is marked and can be taken back', async ({
  agent,
  centre,
  page,
}) => {
  await agent.signIn('2001', 'demo-2001');
  const queue = page.locator('[data-testid=queue][data-queue-id=support]');
  const rows = queue.getByRole('option');
  await centre.customerCalls({ name: 'Camille Roux' });
  await expect(rows).toHaveCount(1); // who calls first need not be the first in line
  await centre.customerCalls({ name: 'Priya Raman', number: '+14165550177' });
  await expect(rows).toHaveCount(2);
  await expect(page.getByTestId('channels')).toHaveText('2 of 30 lines in use');
  await expect(rows.nth(0)).toContainText('Priya Raman');
  await queue.getByRole('listbox').focus();
  await page.keyboard.press('Alt+ArrowDown');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Priya Raman');
  await dialog.getByRole('button', { name: 'Urgent' }).click();
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(rows.nth(1)).toContainText('Priya Raman');
  await expect(rows.nth(1)).toContainText('Moved by');
  await queue.getByRole('button', { name: /Undo the move/ }).click();
  await expect(rows.nth(0)).toContainText('Priya Raman');
  await expect(rows.nth(0)).not.toContainText('Moved by');
});
