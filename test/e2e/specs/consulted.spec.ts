import type { Page } from '@playwright/test';
import type { Customer, DemoCentre } from '../../rig/demo-centre';
import type { PhoneCall } from '../../telephony/phone-call';
import { violations } from '../accessibility';
import { Colleague } from '../colleague';
import { expect, test } from '../fixtures';
import type { AgentWindow } from '../page-models/agent-window';

const customerTone = 440;
const aliceTone = 600;
const reason = 'Wants the refund he was promised';

interface Consultation {
  readonly alice: Colleague;
  readonly customer: Customer;
  /** Alice's call with the customer, on hold, and the one with the supervisor. */
  readonly held: PhoneCall;
  readonly consult: PhoneCall;
}

/** Marie, a supervisor, is at the app; Alice talks with a customer and asks her. */
async function asksMarie(agent: AgentWindow, centre: DemoCentre): Promise<Consultation> {
  await agent.signIn('2001', 'demo-2001');
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const alice = await Colleague.atWork(centre, '1001', aliceTone);
  // The centre may learn a moment later than the phone that it is registered.
  await expect(() => centre.setAvailability('alice.martin', 'available')).toPass();
  const customer = await centre.customerCalls({ number: '+33199000000', name: 'Camille Roux' });
  const held = await alice.phone.incoming();
  await held.answer();
  await expect.poll(() => customer.state()).toBe('talking');
  await centre.setAvailability('alice.martin', 'on-break');
  await held.reinvite('sendonly');
  await alice.consults(customer.callId, '2001', reason);
  const consult = await alice.phone.dial('2001');
  return { alice, customer, held, consult };
}

const card = (page: Page) => page.getByTestId('consulted');

test('@consult @engine a supervisor sees who is being asked about, hears the customer after the transfer, and reads the story', async ({
  agent,
  centre,
  page,
  ear,
}) => {
  const { alice, customer, held, consult } = await asksMarie(agent, centre);
  await expect(agent.incoming).toContainText('Alice Martin');
  await expect(card(page)).toContainText('Alice Martin asks you about');
  await expect(card(page)).toContainText('Camille Roux');
  await expect(card(page).getByTestId('consulted-reason')).toHaveText(reason);
  await expect(card(page).getByTestId('consulted-times')).toContainText('Support');
  await expect(card(page).getByTestId('earlier-calls')).toContainText(/\d+ earlier calls?/);
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press('Enter');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilTone(aliceTone);
  await expect(card(page)).toHaveAttribute('data-state', 'asked');

  await held.referTo(consult, '2001');
  await ear.untilTone(customerTone);
  await expect(card(page)).toHaveAttribute('data-state', 'here');
  await expect(card(page)).toContainText('Camille Roux');
  await agent.hangUp();
  await expect(card(page)).toBeHidden();
  await expect.poll(() => customer.state()).toBe('ended');
  await alice.phone.close();

  await agent.recentCalls
    .getByRole('button', { name: /^Story .*Camille Roux/ })
    .first()
    .press('Enter');
  const story = page.getByTestId('story');
  const chain = story.getByRole('list', { name: 'What happened, in order' });
  // How long they talked before is no matter here: less than anybody notices is not told.
  for (const line of [
    'Waited in Support',
    'On hold while Alice Martin (1001) asked Marie Laurent (2001)',
    'Alice Martin (1001) sent the call to Marie Laurent (2001)',
    'Talked with Marie Laurent (2001)',
  ])
    await expect(chain).toContainText(line);
  await expect(story).toContainText('Recorded');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(story).toBeHidden();
});

test('@consult @engine what was asked is gone when the agent goes back to the customer; who is sent without asking comes with the reason', async ({
  agent,
  centre,
  ear,
  page,
}) => {
  const { alice, customer, held, consult } = await asksMarie(agent, centre);
  await expect(card(page)).toContainText(reason);
  await agent.answer();
  await expect(card(page)).toContainText(reason);
  consult.hangUp();
  await expect(card(page)).toBeHidden();
  await held.reinvite('sendrecv');
  await expect.poll(() => customer.state()).toBe('talking');

  await alice.consults(customer.callId, '2001', 'Sent on, with a reason');
  await held.refer('2001');
  await expect(agent.incoming).toContainText('Camille Roux');
  await expect(card(page)).toContainText('Alice Martin sends you');
  await expect(card(page).getByTestId('consulted-reason')).toHaveText('Sent on, with a reason');
  await agent.answer();
  await ear.untilTone(customerTone);
  await expect(card(page)).toHaveAttribute('data-state', 'here');
  await agent.hangUp();
  await alice.phone.close();
});
