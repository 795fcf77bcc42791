import { type Page, expect } from '@playwright/test';

/** Opens the list with its key, types, takes the first answer: three strokes beside the number itself. */
export async function chooseDestination(page: Page, key: string, typed: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('combobox', { name: 'Name or number' }).fill(typed);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(typed);
  await page.keyboard.press('Enter');
}
