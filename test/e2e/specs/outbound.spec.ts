import { expect, test } from '../fixtures';

test('@outbound @engine dial, hear ring-back, talk, hang up, redial', async ({ agent, centre: _centre, ear, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.dial('+33 1 45 55 01 99');
  await ear.untilTone(440, 10_000).catch(() => ear.untilSound());
  await expect(agent.active).toHaveAttribute('data-state', 'active', { timeout: 15_000 });
  await ear.untilSound();
  await agent.hangUp();
  await expect(agent.recentCalls).toContainText(/1 45 55 01 99/);
  await page.getByRole('button', { name: 'Redial' }).first().click();
  await expect(agent.active).toBeVisible();
  await agent.hangUp();
});

test('@outbound @engine call back from the list of recent calls', async ({ agent }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.recentCalls
    .getByRole('button', { name: /call back/i })
    .first()
    .click();
  await expect(agent.active.or(agent.ended).first()).toBeVisible();
  // Whoever was called is not left in a call whose phone is gone: the centre would let them wait for another agent.
  if (await agent.active.isVisible()) await agent.hangUp();
});

test.describe('numbers that cannot be dialled say so and send nothing', () => {
  for (const [typed, sentence] of [
    ['call me maybe', /digits|letters/i],
    ['', /number/i],
    ['1'.repeat(60), /long/i],
  ] as const)
    test(`@outbound ${JSON.stringify(typed.slice(0, 20))}`, async ({ agent, page }) => {
      await agent.signIn();
      await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
      await agent.dial(typed);
      await expect(page.getByText(sentence).first()).toBeVisible();
      await expect(agent.active).toBeHidden();
    });
});

test.describe('calls that do not come about say why', () => {
  for (const [number, sentence] of [
    ['01555000404', /not exist|not in service|unknown|not found/i],
    ['01555000480', /reach|unavailable/i],
    ['01555000486', /busy/i],
    ['01555000603', /declin|reject/i],
  ] as const)
    test(`@outbound @engine ${number.slice(-3)}`, async ({ agent }) => {
      await agent.signIn();
      await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
      await agent.dial(number);
      await expect(agent.ended).toContainText(sentence);
    });

  test('@outbound @engine nobody answers: the agent gives up', async ({ agent }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await agent.dial('01555000408');
    await expect(agent.active).toHaveAttribute('data-state', /ringing|early-media/);
    await agent.hangUp();
    await expect(agent.ended).toHaveAttribute('data-cause', 'agent-cancelled');
  });
});

test('@outbound @engine the echo service gives back what the microphone hears', async ({ agent, ear, page, speak }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  speak(620);
  await agent.dial('*43');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(620, 20_000);
  await page.getByRole('button', { name: 'Hang up' }).click();
});
