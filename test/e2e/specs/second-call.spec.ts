import { expect, test } from '../fixtures';

const [customerTone, colleagueTone, thirdTone] = [440, 900, 1200];
/** A telephone's samples, of 32768. */
const isHeard = 2000;

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

test('@secondcall @engine a second call is declined, sent on, or brought together with the first', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  const third = await desk.phoneOf('2002', 'demo-2002', thirdTone);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
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
    await expect.poll(() => taken.media.heard.level(colleagueTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => sent.media.heard.level(thirdTone)).toBeGreaterThan(isHeard);
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await ear.untilTone(customerTone);
    taken.hangUp();
    await expect.poll(() => sent.state).toBe('ended');
  });
  await test.step('merged: all three hear each other', async () => {
    const joined = await colleague.dial('1001');
    await expect(agent.incoming).toContainText('Second call waiting');
    await agent.button('Answer').click();
    await ear.untilTone(colleagueTone);
    await page.keyboard.press('Control+g');
    await expect(page.getByTestId('conference-panel').getByRole('listitem')).toHaveCount(3);
    await ear.untilTone(customerTone);
    await expect.poll(() => joined.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(0.01);
    joined.hangUp();
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
    await agent.becomeAvailable();
    const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
    await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
    await agent.answer();
    const refused = await colleague.dial('1001');
    await expect.poll(() => refused.statuses).toContain(486);
    await expect(agent.incoming).toBeHidden();
    await ear.untilTone(customerTone);
    await agent.hangUp();
  } finally {
    await centre.policyIs({ secondCall: 'rings' });
  }
});
