import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const number = '+33145550142';
/** However it is grouped. */
const clear = /1\W{0,6}45\W{0,6}55\W{0,6}01\W{0,6}42/;

/** Everything the program has written, byte by byte. */
async function writtenIn(folder: string): Promise<{ readonly file: string; readonly text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async file => ({ file, text: await readFile(file, 'latin1').catch(() => '') })));
}

const holds =
  (text: string) =>
  (file: { readonly text: string }): boolean =>
    file.text.includes(text);

test.afterEach(async ({ centre }) => {
  await centre.policyIs({ numbers: 'full' });
  await centre.wrapUpIs({ mode: 'none' });
});

test('@dashboard @queue @wrapup @engine where numbers are hidden, no whole one is on screen, on the disk or in the log', async ({
  agent,
  app,
  centre,
  page,
  userData,
}) => {
  await centre.wrapUpIs({ mode: 'extendable', seconds: 120 });
  await agent.becomeAvailable();

  const former = await test.step('until now they were shown', async () => {
    const customer = await centre.customerCalls({ number });
    await agent.answer();
    await agent.hangUp();
    await page.getByTestId('wrap-up').getByRole('textbox', { name: 'Note' }).fill('half a sentence');
    await expect.poll(async () => (await writtenIn(userData)).some(holds('half a sentence'))).toBe(true);
    const row = agent.recentCalls.locator(`tr[data-call-id="${customer.callId}"]`);
    await expect(row).toContainText('55 01 42');
    return row;
  });

  await test.step('the administrator hides them: what was here is hidden as well', async () => {
    await centre.policyIs({ numbers: 'masked' });
    await expect(former).toContainText('••••', { timeout: 20_000 });
    await expect.poll(() => page.content()).not.toMatch(clear);
    await expect(page.getByTestId('wrap-up').getByRole('textbox', { name: 'Note' })).toHaveValue('half a sentence');
    await page.getByTestId('wrap-up').getByRole('button', { name: 'Save' }).click();
    await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  });

  await test.step('a call has none, from the first ring to its last word', async () => {
    await centre.wrapUpIs({ mode: 'none' });
    const customer = await centre.customerCalls({ number });
    await expect(agent.incoming).toContainText('Camille Roux');
    expect(await page.content()).not.toMatch(clear);
    await agent.answer();
    expect(await page.content()).not.toMatch(clear);
    await customer.hangUp();
    await expect(agent.ended).toContainText('••••');
    await expect(agent.recentCalls.locator(`tr[data-call-id="${customer.callId}"]`)).toContainText('••••');
    expect(await page.content()).not.toMatch(clear);
    expect(await violations(page)).toEqual([]);
  });

  await test.step('who has called can be called back, by the centre', async () => {
    await agent.ended.getByRole('button', { name: 'Call back' }).click();
    await agent.answer(); // the own phone rings first
    expect(await page.content()).not.toMatch(clear);
    await agent.hangUp(); // a customer who loses the agent's phone would be the next one's
  });

  await test.step('nothing of it was written down', async () => {
    await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined); // it ends before it answers
    const found = (await writtenIn(userData)).filter(({ text }) => clear.test(text)).map(({ file }) => file);
    expect(found).toEqual([]);
  });
});
