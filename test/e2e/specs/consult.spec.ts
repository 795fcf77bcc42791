import type { Page } from '@playwright/test';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const [customerTone, agentTone, colleagueTone] = [440, 700, 900];
/** A telephone's samples, of 32768. */
const isHeard = 2000;

/** Opens the list with its key, types, takes the first answer: three strokes beside the number itself. */
async function choose(page: Page, key: string, typed: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('combobox', { name: 'Name or number' }).fill(typed);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(typed);
  await page.keyboard.press('Enter');
}

test('@consult @engine the supervisor is asked while the customer hears music, and gets the customer', async ({
  agent,
  centre,
  desk,
  ear,
  page,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(agentTone);
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  await choose(page, 'Control+e', '2001');
  const asked = await colleague.incoming();
  await expect(page.getByTestId('consult-panel')).toHaveAttribute('data-state', 'calling');
  await asked.answer();
  await ear.untilTone(colleagueTone);
  await expect.poll(() => asked.media.heard.level(agentTone)).toBeGreaterThan(isHeard);
  expect(asked.media.heard.level(customerTone)).toBeLessThan(isHeard / 5);
  await expect.poll(() => customer.hears(agentTone)).toBeLessThan(0.003);
  expect(await customer.hears(colleagueTone)).toBeLessThan(0.003);
  await page.keyboard.press('Control+Shift+t');
  await expect.poll(() => asked.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(0.01);
  await expect(agent.active).toBeHidden();
  await ear.untilSilence();
  await expect.poll(() => asked.media.heard.level(agentTone)).toBeLessThan(isHeard / 5);
  asked.hangUp();
});

test('@consult @engine swap, and back to the customer: one hears, the other waits', async ({
  agent,
  centre,
  desk,
  ear,
  page,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(agentTone);
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await choose(page, 'Control+e', '2001');
  const asked = await colleague.incoming();
  await asked.answer();
  await ear.untilTone(colleagueTone);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+s');
  await ear.untilTone(customerTone);
  await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
  await expect.poll(() => asked.media.heard.level(agentTone)).toBeLessThan(isHeard / 5);
  await page.getByRole('button', { name: /^Back to/ }).click();
  await expect(page.getByTestId('consult-panel')).toBeHidden();
  await expect.poll(() => asked.state).toBe('ended');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(customerTone);
  await agent.hangUp();
});

test('@consult @engine the supervisor declines: the customer is back with the agent, who is told', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await choose(page, 'Control+e', '2001');
  (await colleague.incoming()).decline(486);
  await expect(agent.toasts).toContainText('is back with you');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(customerTone);
  await agent.hangUp();
});

test('@transfer @engine four strokes send the customer to a colleague; declined, the customer rings again with the reason', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await choose(page, 'Control+t', '2001');
  const sent = await colleague.incoming();
  await expect(agent.active).toBeHidden();
  sent.decline(603);
  await expect(agent.incoming).toContainText('Transfer came back: declined');
  await agent.answer();
  await ear.untilTone(customerTone);
  await choose(page, 'Control+t', '2001');
  const again = await colleague.incoming(1);
  await again.answer();
  await expect.poll(() => again.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(0.01);
  await ear.untilSilence();
  again.hangUp();
});

test('@conference @engine customer, agent and supervisor hear each other; the agent leaves and the others go on', async ({
  agent,
  centre,
  desk,
  ear,
  page,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(agentTone);
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await choose(page, 'Control+e', '2001');
  const asked = await colleague.incoming();
  await asked.answer();
  await ear.untilTone(colleagueTone);
  await page.keyboard.press('Control+g');
  const room = page.getByTestId('conference-panel');
  await expect(room.getByRole('listitem')).toHaveCount(3);
  await ear.untilTone(customerTone);
  await ear.untilTone(colleagueTone);
  await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
  await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(0.01);
  await expect.poll(() => asked.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => asked.media.heard.level(agentTone)).toBeGreaterThan(isHeard);
  expect(asked.media.heard.level(colleagueTone)).toBeLessThan(isHeard / 5);
  expect(await violations(page)).toEqual([]);
  await room
    .getByRole('button', { name: /^Mute .* for everybody$/ })
    .last()
    .click();
  await expect(room).toContainText('muted');
  await agent.hangUp();
  await expect.poll(() => asked.media.heard.level(agentTone)).toBeLessThan(isHeard / 5);
  expect(asked.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
  asked.hangUp();
});

test('@secondcall @engine a direct call while talking rings quietly, is taken, and the first waits; a third hears busy', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const third = await desk.phoneOf('2002', 'demo-2002', 1200);
  await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  await colleague.dial('1001');
  await expect(agent.incoming).toContainText('Second call waiting');
  await agent.button('Answer').click();
  await ear.untilTone(colleagueTone);
  await expect(page.getByTestId('other-call')).toHaveAttribute('data-state', 'held');
  const refused = await third.dial('1001');
  await expect.poll(() => refused.received.some(({ status }) => status === 486)).toBe(true);
  await page.keyboard.press('Control+s');
  await ear.untilTone(customerTone);
  await agent.button('Hang up').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held'); // the colleague, who still waits
  await agent.hangUp();
});
