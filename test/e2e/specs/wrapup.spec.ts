import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import type { AgentWindow } from '../page-models/agent-window';
import type { DemoCentre } from '../../rig/demo-centre';

/** A queue call that the customer ends, so that the form is there. */
async function handleCall(agent: AgentWindow, centre: DemoCentre): Promise<string> {
  const customer = await centre.customerCalls();
  await agent.answer();
  await customer.hangUp();
  await expect(agent.page.getByTestId('wrap-up')).toContainText('Camille Roux');
  return customer.callId;
}

test.beforeEach(({ centre }) => centre.wrapUpIs({ mode: 'extendable', seconds: 120 }));
test.afterEach(({ centre }) => centre.wrapUpIs({ mode: 'none' }));

test('@wrapup @engine outcome and note by keyboard alone; more time; saved, and the agent is free', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  const callId = await handleCall(agent, centre);
  const form = page.getByTestId('wrap-up');
  await expect(agent.agentState).toHaveAttribute('data-state', 'wrap-up');
  expect(await violations(page)).toEqual([]);
  await form.getByRole('button', { name: 'More time' }).click();
  await expect(form.getByTestId('wrap-up-time')).toContainText(/02:[0-2]\d/);
  await form.getByRole('combobox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(form.getByTestId('disposition')).toBeVisible();
  await page.keyboard.type('Wants the invoice again');
  await page.keyboard.press('Control+Enter');
  await expect(form).toBeHidden();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  const { outcomes } = await centre.journalOf(callId);
  expect(outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatchObject({ note: 'Wants the invoice again' });
  expect(outcomes[0]?.disposition).not.toBeNull();
});

test('@wrapup @engine what was typed is there again after a reload', async ({ agent, centre, page }) => {
  await agent.becomeAvailable();
  await handleCall(agent, centre);
  const note = page.getByTestId('wrap-up').getByRole('textbox', { name: 'Note' });
  await note.fill('half a sen');
  await expect.poll(() => savedNote(page)).toBe('half a sen');
  await page.reload();
  await expect(note).toHaveValue('half a sen');
});

test('@wrapup @engine @offline saved without a server: said so, kept here, sent once when the server is back', async ({
  agent,
  centre,
  network,
  page,
}) => {
  await agent.becomeAvailable();
  const callId = await handleCall(agent, centre);
  const form = page.getByTestId('wrap-up');
  await form.getByRole('textbox', { name: 'Note' }).fill('written offline');
  network.cutAll();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByTestId('unsent')).toContainText('1 outcome saved here');
  network.restore();
  await expect(page.getByTestId('unsent')).toBeHidden({ timeout: 30_000 });
  expect((await centre.journalOf(callId)).outcomes.map(({ note }) => note)).toEqual(['written offline']);
});

/** What main has on disk of the form, as a newly loaded window would be told. */
const savedNote = (page: AgentWindow['page']): Promise<string | undefined> =>
  page.evaluate(async () => {
    const reply = (await window.agentBridge.ask('app.snapshot', {})) as {
      value: { type: string; wrapUp?: { forms: { note: string }[] } }[];
    };
    return reply.value.find(({ type }) => type === 'wrap-up.changed')?.wrapUp?.forms[0]?.note;
  });
