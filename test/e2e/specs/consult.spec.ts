import { violations } from '../accessibility';
import { chooseDestination } from '../choose-destination';
import { expect, test } from '../fixtures';
import { atWork, colleagueAsked, customerAnswered, isHeard, tones } from '../talk';

test('@consult @engine the supervisor is asked while the customer hears music, and gets the customer', async ({
  agent,
  centre,
  desk,
  ear,
  page,
  speak,
}) => {
  const colleague = await atWork({ agent, desk });
  speak(tones.agent);
  const customer = await customerAnswered({ agent, centre, ear });
  await chooseDestination(page, 'Control+e', '2001');
  const asked = await colleague.incoming();
  await expect(page.getByTestId('consult-panel')).toHaveAttribute('data-state', 'calling');
  await asked.answer();
  await ear.untilTone(tones.colleague);
  await expect.poll(() => asked.media.heard.level(tones.agent)).toBeGreaterThan(isHeard);
  expect(asked.media.heard.level(tones.customer)).toBeLessThan(isHeard / 5);
  await expect.poll(() => customer.hears(tones.agent)).toBeLessThan(0.003);
  expect(await customer.hears(tones.colleague)).toBeLessThan(0.003);
  await page.keyboard.press('Control+Shift+t');
  await expect.poll(() => asked.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
  await expect(agent.active).toBeHidden();
  await ear.untilSilence();
  await expect.poll(() => asked.media.heard.level(tones.agent)).toBeLessThan(isHeard / 5);
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
  const colleague = await atWork({ agent, desk });
  speak(tones.agent);
  const customer = await customerAnswered({ agent, centre, ear });
  const asked = await colleagueAsked({ page, ear }, colleague);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+s');
  await ear.untilTone(tones.customer);
  await expect.poll(() => customer.hears(tones.agent)).toBeGreaterThan(0.01);
  await expect.poll(() => asked.media.heard.level(tones.agent)).toBeLessThan(isHeard / 5);
  await page.getByRole('button', { name: /^Back to/ }).click();
  await expect(page.getByTestId('consult-panel')).toBeHidden();
  await expect.poll(() => asked.state).toBe('ended');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(tones.customer);
  await agent.hangUp();
});

test('@consult @engine the supervisor declines: the customer is back with the agent, who is told', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  await customerAnswered({ agent, centre, ear });
  await chooseDestination(page, 'Control+e', '2001');
  (await colleague.incoming()).decline(486);
  await expect(agent.toasts).toContainText('is back with you');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(tones.customer);
  await agent.hangUp();
});

test('@transfer @engine four strokes send the customer to a colleague; declined, the customer rings again with the reason', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const nathan = await desk.phoneOf('2002', 'demo-2002', tones.third);
  const customer = await customerAnswered({ agent, centre, ear });
  await chooseDestination(page, 'Control+t', '2001');
  const sent = await colleague.incoming();
  await expect(agent.active).toBeHidden();
  sent.decline(603);
  await expect(agent.incoming).toContainText('Transfer came back: declined');
  await agent.answer();
  await ear.untilTone(tones.customer);
  // Why the call is sent may be said, and is one field further; without it four strokes are enough.
  await page.keyboard.press('Control+t');
  await page.getByRole('combobox', { name: 'Name or number' }).fill('200');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.nth(1)).toContainText('Nathan Brooks');
  await page.keyboard.press('ArrowDown');
  await expect(options.and(page.locator('[aria-selected=true]'))).toContainText('Nathan Brooks');
  await page.getByRole('textbox', { name: 'Reason for the colleague' }).fill('Wants his invoice');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const again = await nathan.incoming();
  await again.answer();
  await expect.poll(() => again.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(tones.third)).toBeGreaterThan(0.01);
  await ear.untilSilence();
  const { events } = await centre.journalOf(customer.callId);
  expect(events.filter(({ type }) => type === 'reason-given')).toMatchObject([
    { detail: { to: { number: '2002' }, reason: 'Wants his invoice' } },
  ]);
  again.hangUp();
});

test('@transfer @engine to an agent of the same queue and to one of another queue, each with their state', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const mate = await desk.phoneOf('1002', 'demo-1002', tones.colleague);
  const stranger = await desk.phoneOf('1007', 'demo-1007', tones.colleague);
  for (const [number, group, phone] of [
    ['1002', 'My queues', mate],
    ['1007', 'Others', stranger],
  ] as const)
    await test.step(`${group}: ${number}`, async () => {
      const customer = await customerAnswered({ agent, centre, ear });
      await page.keyboard.press('Control+t');
      await page.getByRole('combobox', { name: 'Name or number' }).fill(number);
      const first = page.getByRole('dialog').getByRole('option').first();
      await expect(first).toContainText(`${group} · ${number}`);
      await expect(first).toContainText('paused');
      await page.keyboard.press('Enter');
      const sent = await phone.incoming();
      await sent.answer();
      await expect.poll(() => sent.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
      await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
      await expect(agent.active).toBeHidden();
      sent.hangUp();
      await expect.poll(() => customer.state()).toBe('ended');
    });
});

test('@conference @engine customer, agent and supervisor hear each other; the agent leaves and the others go on', async ({
  agent,
  centre,
  desk,
  ear,
  network,
  page,
  speak,
}) => {
  const colleague = await atWork({ agent, desk });
  speak(tones.agent);
  const customer = await customerAnswered({ agent, centre, ear });
  const asked = await colleagueAsked({ page, ear }, colleague);
  await page.keyboard.press('Control+g');
  const room = page.getByTestId('conference-panel');
  await expect(room.getByRole('listitem')).toHaveCount(3);
  await ear.untilTone(tones.customer);
  await ear.untilTone(tones.colleague);
  await expect.poll(() => customer.hears(tones.agent)).toBeGreaterThan(0.01);
  await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
  await expect.poll(() => asked.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
  await expect.poll(() => asked.media.heard.level(tones.agent)).toBeGreaterThan(isHeard);
  expect(asked.media.heard.level(tones.colleague)).toBeLessThan(isHeard / 5);
  await test.step('who speaks just now is marked', async () => {
    await expect(room.locator('[data-speaking]')).toHaveCount(3);
    asked.media.isMuted = true;
    await expect(room.locator('[data-speaking]')).toHaveCount(2);
    asked.media.isMuted = false;
    await expect(room.locator('[data-speaking]')).toHaveCount(3);
  });
  expect(await violations(page)).toEqual([]);
  await test.step('the line of the agent breaks: everybody goes on hearing everybody, and it comes back', async () => {
    network.cutSip();
    await expect(agent.lineState).not.toHaveAttribute('data-state', 'registered');
    await ear.untilTone(tones.customer);
    await ear.untilTone(tones.colleague);
    await expect.poll(() => asked.media.heard.level(tones.agent)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(tones.agent)).toBeGreaterThan(0.01);
    network.restore();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
    await expect(room.getByRole('listitem')).toHaveCount(3);
  });
  const again = await test.step('back to the colleague alone, and together again', async () => {
    await room.getByRole('button', { name: /^Speak alone with/ }).click();
    await expect.poll(() => asked.state).toBe('ended');
    const call = await colleague.incoming(1);
    await call.answer();
    await ear.untilTone(tones.colleague);
    await expect.poll(() => customer.hears(tones.agent)).toBeLessThan(0.003);
    expect(call.media.heard.level(tones.customer)).toBeLessThan(isHeard / 5);
    await page.keyboard.press('Control+g');
    await expect.poll(() => call.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
    return call;
  });
  await expect(room.getByRole('listitem')).toHaveCount(3);
  await room
    .getByRole('button', { name: /^Mute .* for everybody$/ })
    .last()
    .click();
  await expect(room).toContainText('muted');
  await agent.hangUp();
  await expect.poll(() => again.media.heard.level(tones.agent)).toBeLessThan(isHeard / 5);
  expect(again.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
  again.hangUp();
});

test('@consult @transfer @engine the agent need not wait: transferred when answered, or without an answer', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const panel = page.getByTestId('consult-panel');
  await test.step('completed by nobody by accident, and by itself once the colleague answers', async () => {
    const customer = await customerAnswered({ agent, centre, ear });
    await chooseDestination(page, 'Control+e', '2001');
    const asked = await colleague.incoming();
    await expect(panel).toHaveAttribute('data-state', 'calling');
    await page.keyboard.press('Control+Shift+t');
    await expect(panel).toHaveAttribute('data-state', 'calling');
    await agent.button('Transfer when answered').click();
    await expect(agent.button('Do not transfer when answered')).toHaveAttribute('aria-pressed', 'true');
    await asked.answer();
    await expect.poll(() => asked.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
    await expect(agent.active).toBeHidden();
    await customer.hangUp(); // a colleague who hangs up in this moment would mean the agent, and give the customer back
    await expect.poll(() => asked.state).toBe('ended');
  });
  await test.step('without waiting: who does not take the customer gives it back', async () => {
    const customer = await customerAnswered({ agent, centre, ear });
    await chooseDestination(page, 'Control+e', '2001');
    await colleague.incoming(1);
    await agent.button('Transfer without waiting').click();
    const sent = await colleague.incoming(2);
    await expect(agent.active).toBeHidden();
    sent.decline(486);
    await expect(agent.incoming).toContainText('Transfer came back');
    await agent.answer();
    await ear.untilTone(tones.customer);
    expect(await customer.state()).toBe('talking');
    await agent.hangUp();
  });
});
