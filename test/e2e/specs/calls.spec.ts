import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { violations } from '../accessibility';
import { downloadsFolder } from '../downloads-folder';
import { expect, test } from '../fixtures';
import type { AgentWindow } from '../page-models/agent-window';
import type { DemoCentre } from '../../rig/demo-centre';

/** The cells of an Excel file, as somebody else's program reads them (python3-openpyxl). */
const openedElsewhere = (file: string): readonly (readonly { readonly is: string; readonly says: string }[])[] =>
  JSON.parse(
    execFileSync('/usr/bin/python3', [
      '-c',
      `import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(json.dumps([[{"is": type(cell.value).__name__ if cell.data_type != "f" else "formula", "says": str(cell.value)} for cell in row] for row in sheet.iter_rows()]))`,
      file,
    ]).toString(),
  );

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

test('@calls @engine what is typed is text and nothing else', async ({ agent, centre, page }) => {
  await afterOneCall(agent, centre, '+33159634604');
  const search = page.getByRole('searchbox');
  const found = rows(page).filter({ hasText: '59 63 46 04' });
  for (const text of ['%', '_', '"', '*', 'NEAR(a b)', 'NEAR/2', '\\', "' OR 1=1 --", 'x'.repeat(500), '🙂'])
    await test.step(`it is not found by ${text.slice(0, 12)}`, async () => {
      await search.fill('9634604');
      await expect(found).toHaveCount(1);
      await search.fill(text);
      await expect(found).toHaveCount(0);
    });
  for (const text of ['   ', 'a', '9634604', '634 604'])
    await test.step(`it is found by ${JSON.stringify(text)}`, async () => {
      await search.fill('99999999');
      await expect(page.getByText('Nothing found')).toBeVisible();
      await search.fill(text);
      await expect(found).toHaveCount(1);
    });
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('@calls wherever the keyboard was in the list, it begins at the top of what is found', async ({ agent, page }) => {
  await agent.signIn();
  await agent.button('Calls').click();
  const table = page.getByTestId('calls-table');
  const numbers = await rows(page).nth(9).getByRole('gridcell').allInnerTexts();
  await table.focus();
  for (let down = 0; down < 9; down += 1) await page.keyboard.press('Shift+ArrowDown');
  await expect(table.locator('[aria-selected=true]')).toHaveCount(10);
  // Of each customer there are a few calls, and of all of them some hundred.
  await page.getByRole('searchbox').fill(numbers[2] ?? '');
  await expect(page.getByTestId('found-count')).toHaveText(/^\d found$/);
  await expect(table.locator('[aria-selected=true]')).toHaveCount(1);
  await table.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByTestId('call-story')).toBeVisible();
});

test('@calls @engine a call that comes into the list moves nobody from the row where they are', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  await agent.button('Calls').click();
  const table = page.getByTestId('calls-table');
  await table.focus();
  for (let down = 0; down < 30; down += 1) await page.keyboard.press('ArrowDown');
  const active = table.locator('[role=row][data-active]');
  const [before, place] = [await active.innerText(), await active.boundingBox()];
  await expect(active).toHaveAttribute('aria-rowindex', '32');

  const customer = await centre.customerCalls({ number: '+33159634606' });
  await agent.answer();
  await agent.hangUp();
  await centre.storyOf(customer.callId);
  await expect(active).toHaveAttribute('aria-rowindex', '33');
  expect([await active.innerText(), await active.boundingBox()]).toEqual([before, place]);
  await table.focus();
  await page.keyboard.press('Home');
  await expect(active).toContainText('59 63 46 06');
});

test('@calls the number found goes from one answer to the next, past no older one', async ({ agent, page }) => {
  await agent.signIn();
  await agent.button('Calls').click();
  const count = page.getByTestId('found-count');
  await expect(count).toHaveText(/^\d+ found$/);
  // More than the first look finds, which is answered before the rest is counted.
  expect(Number.parseInt((await count.textContent()) ?? '', 10)).toBeGreaterThan(125);
  const seen = await count.evaluateHandle(element => {
    const texts: string[] = [];
    const watch = new MutationObserver(() => texts.push(element.textContent));
    watch.observe(element, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  await page.getByRole('searchbox').fill('nobody at all');
  await expect(page.getByText('Nothing found')).toBeVisible();
  expect(await seen.jsonValue()).toEqual(['0 found']);
});

test('@calls @engine a span that ends now goes on: what comes is in it, and what is older is not', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  await page.clock.install();
  await agent.button('Calls').click();
  await page.getByRole('searchbox').fill('9634605');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('button', { name: / Period$/ }).click();
  await page.getByRole('option', { name: 'Last hour' }).click();

  const customer = await centre.customerCalls({ number: '+33159634605' });
  await agent.answer();
  await agent.hangUp();
  await centre.storyOf(customer.callId);
  await expect(rows(page)).toHaveCount(1);

  await page.clock.fastForward('58:00');
  await expect(rows(page)).toHaveCount(1);
  await page.clock.fastForward('03:00');
  await expect(page.getByText('Nothing found')).toBeVisible();
});

test('@calls @export @engine the list is arranged, copied, taken along as a file, and read without a server', async ({
  agent,
  app,
  centre,
  network,
  page,
  userData,
}) => {
  const folder = await downloadsFolder(app, userData);
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ number: '+33159634603', name: '=SUM(A1:A9)' });
  await agent.answer();
  await agent.hangUp();
  await centre.storyOf(customer.callId);
  await agent.button('Calls').click();
  await page.getByRole('searchbox').fill('9634603');
  const table = page.getByTestId('calls-table');
  await expect(rows(page)).toHaveCount(1);

  await test.step('a column is added, and sorts', async () => {
    await agent.button('Columns').click();
    await page.getByRole('menu').getByText('Cause', { exact: true }).click();
    await page.keyboard.press('Escape');
    const head = page.getByRole('columnheader', { name: 'Cause', exact: true });
    await expect(head).toHaveAttribute('aria-sort', 'none');
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', /ascending|descending/);
    await expect(rows(page)).toHaveCount(1);
  });

  await test.step('its recording is opened from the call', async () => {
    await table.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Play recording' }).press('Enter');
    await expect(page.getByTestId('player').getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('player')).toBeHidden();
  });

  const clipboard = (): Promise<string> => app.evaluate(({ clipboard: board }) => board.readText());
  await test.step('cells are copied, with and without their heads', async () => {
    await table.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+c');
    await expect.poll(clipboard).toMatch(/^[^\t\n]+\t=SUM[^\n]*$/);
    await page.keyboard.press('Control+Shift+c');
    await expect.poll(clipboard).toMatch(/^Date\tCustomer\n[^\n]+\t=SUM/);
    // A table program takes the table, whose cells are text.
    const asTable = await app.evaluate(({ clipboard: board }) =>
      (board as unknown as { readHTML(): string }).readHTML(),
    );
    expect(asTable).toContain(`<td style="mso-number-format:'\\@'">=SUM(A1:A9)</td>`);
  });

  await test.step('the file has what is found, and text in it is never a formula', async () => {
    await agent.button('Export').click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    await expect(page.getByTestId('transfers').locator('[data-state=done]')).toBeVisible();
    const [name = ''] = await readdir(folder);
    const lines = (await readFile(join(folder, name), 'utf8')).trim().split(/\r?\n/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`,'=SUM(A1:A9),`);
    expect(lines[1]).not.toMatch(/,"?=/);
  });

  await test.step('the Excel file opens in another program: moments, lengths and text, and no formula', async () => {
    await page.getByTestId('transfers').getByRole('button', { name: 'Dismiss' }).click();
    await agent.button('Export').click();
    await page.getByRole('menuitem', { name: /Excel/ }).click();
    await expect(page.getByTestId('transfers').locator('[data-state=done]')).toBeVisible();
    const name = (await readdir(folder)).find(each => each.endsWith('.xlsx')) ?? 'none';
    const [heads = [], cells = [], ...more] = openedElsewhere(join(folder, name));
    expect(more).toEqual([]);
    const kinds = Object.fromEntries(heads.map(({ says }, n) => [says, cells[n]]));
    expect(kinds['Date']?.is).toBe('datetime');
    expect(new Date(String(kinds['Date']?.says)).getTime()).toBeGreaterThan(Date.now() - 120_000);
    expect(['timedelta', 'time']).toContain(kinds['Duration']?.is);
    expect(kinds['Customer']).toEqual({ is: 'str', says: '=SUM(A1:A9)' });
    expect(kinds['Number']).toEqual({ is: 'str', says: '+33159634603' });
  });

  await test.step('without a server the list is read and searched, and says so', async () => {
    network.cutAll();
    await expect(page.getByTestId('saved-only')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('searchbox').fill('99999999');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await page.getByRole('searchbox').fill('9634603');
    await expect(rows(page)).toHaveCount(1);
    await table.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toContainText('=SUM(A1:A9)');
    await page.keyboard.press('Escape');
    network.restore();
    await expect(page.getByTestId('saved-only')).toBeHidden({ timeout: 20_000 });
  });
});
