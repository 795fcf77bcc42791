import { expect, test } from '../fixtures';

const customerTone = 440;
const agentTone = 700;

test('@trouble @asterisk the server restarts in a call: the call goes on, and the next one comes after it', async ({
  agent,
  centre,
  ear,
  page,
  speak,
}) => {
  test.setTimeout(120_000);
  await agent.becomeAvailable();
  speak(agentTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  const from = Date.now();
  await centre.restart();
  await expect(page.getByTestId('dashboard-notices')).not.toContainText('The server does not answer', {
    timeout: 20_000,
  });
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  expect(ear.longestGapMs(customerTone, from)).toBeLessThanOrEqual(200);
  expect(await customer.hears(agentTone)).toBeGreaterThan(0.01);
  const hungUpAt = Date.now();
  await agent.hangUp();
  await expect.poll(() => customer.state()).toBe('ended');
  // Asterisk went on writing while nobody was there, and to the end.
  const { recordingId } = await centre.storyOf(customer.callId);
  await expect(async () => {
    const { channels, sampleRate } = await centre.recording(recordingId ?? '');
    expect((channels[0]?.length ?? 0) / sampleRate).toBeGreaterThan((hungUpAt - from) / 1000);
  }).toPass({ timeout: 10_000 });
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  await centre.customerCalls({ name: 'Next One' });
  await expect(agent.incoming).toContainText('Next One', { timeout: 20_000 });
});

test('@trouble @asterisk Asterisk dies in a call and comes back: the call is closed honestly, line and calls return', async ({
  agent,
  centre,
  ear,
  page,
}) => {
  test.setTimeout(120_000);
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  await centre.crashPbx();
  await expect(agent.ended).toBeVisible({ timeout: 45_000 });
  await expect(agent.ended).not.toContainText('The call is finished.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 30_000 });
  await expect.poll(async () => (await centre.journalOf(customer.callId)).endCause).not.toBeNull();
  // Ten seconds without a line are a break, and how long Asterisk takes to come back nobody knows: asking twice does no harm.
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  await centre.customerCalls({ name: 'Next One' });
  await expect(agent.incoming).toContainText('Next One', { timeout: 20_000 });
});
