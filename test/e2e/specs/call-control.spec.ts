import { expect, test } from '../fixtures';

const customerTone = 440;
const agentTone = 700;

test('@decline @engine the call goes to the next agent and the decliner stays in the queue', async ({
  agent,
  centre,
  ear,
}) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await agent.button('Decline').click();
  await expect(agent.incoming).toBeHidden();
  await ear.untilSilence();
  expect(await customer.state()).toBe('waiting');
  await customer.hangUp();
  const { events } = await centre.storyOf(customer.callId);
  expect(events.filter(each => each.type === 'offer-ended').map(each => each.detail['cause'])).toEqual(['declined']);
});

test('@hold @engine the customer hears music, the agent nothing; resumed, both hear each other again', async ({
  agent,
  centre,
  ear,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(agentTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  await agent.button('Hold').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await ear.untilSilence();
  await expect.poll(() => customer.hears(agentTone)).toBeLessThan(0.003);
  await agent.button('Resume').click();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(customerTone);
  await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
  await agent.hangUp();
  const { events } = await centre.storyOf(customer.callId);
  expect(events.map(each => each.type).filter(type => /leg-(held|resumed)/.test(type))).toEqual([
    'leg-held',
    'leg-resumed',
  ]);
});

test('@mute @engine the lamp and the sound that leaves agree', async ({ agent, centre, speak }) => {
  await agent.becomeAvailable();
  speak(agentTone);
  const customer = await centre.customerCalls();
  await agent.answer();
  await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
  const mute = agent.page.getByRole('button', { name: /^(un)?mute/i });
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => customer.hears(agentTone)).toBeLessThan(0.003);
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
  await agent.hangUp();
});

test('@dtmf @engine every digit pressed arrives once and in order', async ({ agent, centre }) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ voice: { kind: 'silence' } });
  await agent.answer();
  await agent.button('Keypad').click();
  for (const digit of '5990#')
    await agent.page.getByRole('group', { name: 'Keypad' }).getByText(digit, { exact: true }).click();
  await expect.poll(async () => (await centre.mediaOf(customer.callId)).keys).toBe('5990#');
  const { events } = await centre.journalOf(customer.callId);
  const pressed = events.filter(each => each.type === 'dtmf');
  // That a key was pressed, how long and how it was told; never which. Moments and legs are numbers as well, and some days they have the same digits.
  const told = pressed.map(({ detail }) => Object.keys(detail).toSorted());
  expect(told).toEqual(Array.from({ length: 5 }, () => ['durationMs', 'via']));
  await agent.hangUp();
});

test('@keyboard @engine a call is taken, muted, held and ended without a mouse', async ({ agent, centre, page }) => {
  await agent.becomeAvailable();
  await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await page.keyboard.press('Control+m');
  await expect(agent.page.getByRole('button', { name: /^(un)?mute/i })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+h');
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await page.keyboard.press('Control+h');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await page.keyboard.press('Control+Shift+h');
  await expect(agent.active).toBeHidden();
});
