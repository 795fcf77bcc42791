import { expect, test } from '../fixtures';
import { atWork, customerAnswered, isHeard, tones } from '../talk';

test('@secondcall @engine a direct call while talking rings quietly, is taken, and the first waits; a third hears busy', async ({
  agent,
  centre,
  desk,
  ear,
  network,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const third = await desk.phoneOf('2002', 'demo-2002', tones.third);
  const customer = await customerAnswered({ agent, centre, ear });
  const second = await colleague.dial('1001');
  await expect(agent.incoming).toContainText('Second call waiting');
  await agent.button('Answer').click();
  await ear.untilTone(tones.colleague);
  await expect(page.getByTestId('other-call')).toHaveAttribute('data-state', 'held');
  await test.step('the line breaks with one call held and one under way: both are there when it is back', async () => {
    network.cutSip();
    await expect(agent.lineState).not.toHaveAttribute('data-state', 'registered');
    await ear.untilTone(tones.colleague);
    network.restore();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
    await ear.untilTone(tones.colleague);
    await expect(page.getByTestId('other-call')).toHaveAttribute('data-state', 'held');
    expect(await customer.state()).not.toBe('ended');
    expect(second.state).toBe('confirmed');
  });
  const refused = await third.dial('1001');
  await expect.poll(() => refused.received.some(({ status }) => status === 486)).toBe(true);
  await page.keyboard.press('Control+s');
  await ear.untilTone(tones.customer);
  await agent.button('Hang up').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held'); // the colleague, who still waits
  await agent.hangUp();
});

test('@secondcall @engine a second call is declined, sent on, or brought together with the first', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const third = await desk.phoneOf('2002', 'demo-2002', tones.third);
  const customer = await customerAnswered({ agent, centre, ear });
  await test.step('declined: the conversation is not touched', async () => {
    const declined = await colleague.dial('1001');
    await expect(agent.incoming).toContainText('Second call waiting');
    await agent.button('Decline').click();
    await expect.poll(() => declined.state).toBe('ended');
    await expect(agent.active).toHaveAttribute('data-state', 'active');
  });
  await test.step('sent on: who called talks with somebody else, and the customer goes on hearing the agent', async () => {
    const sent = await colleague.dial('1001');
    await expect(agent.incoming).toContainText('Second call waiting');
    await agent.button('Send on').click();
    await page.getByRole('combobox', { name: 'Name or number' }).fill('2002');
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('2002');
    await page.keyboard.press('Enter');
    const taken = await third.incoming();
    await taken.answer();
    await expect.poll(() => taken.media.heard.level(tones.colleague)).toBeGreaterThan(isHeard);
    await expect.poll(() => sent.media.heard.level(tones.third)).toBeGreaterThan(isHeard);
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await ear.untilTone(tones.customer);
    taken.hangUp();
    await expect.poll(() => sent.state).toBe('ended');
  });
  await test.step('merged: all three hear each other; one is taken out, and the other two go on', async () => {
    const joined = await colleague.dial('1001');
    await expect(agent.incoming).toContainText('Second call waiting');
    await agent.button('Answer').click();
    await ear.untilTone(tones.colleague);
    await page.keyboard.press('Control+g');
    await expect(page.getByTestId('conference-panel').getByRole('listitem')).toHaveCount(3);
    await ear.untilTone(tones.customer);
    await expect.poll(() => joined.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
    await page.getByRole('button', { name: /^Take .*2001|^Take Marie/ }).click();
    await expect.poll(() => joined.state).toBe('ended');
    await expect(page.getByTestId('conference-panel')).toBeHidden();
    await ear.untilTone(tones.customer);
    expect(await customer.state()).toBe('talking');
    await agent.hangUp();
  });
});

test('@secondcall @engine where the policy forbids it a second call hears busy and nothing rings', async ({
  agent,
  centre,
  desk,
  ear,
}) => {
  await centre.policyIs({ secondCall: 'busy' });
  try {
    const colleague = await atWork({ agent, desk });
    await customerAnswered({ agent, centre, ear });
    const refused = await colleague.dial('1001');
    await expect.poll(() => refused.statuses).toContain(486);
    await expect(agent.incoming).toBeHidden();
    await ear.untilTone(tones.customer);
    await agent.hangUp();
  } finally {
    await centre.policyIs({ secondCall: 'rings' });
  }
});
