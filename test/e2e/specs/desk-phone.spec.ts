import { until } from '../../telephony/sip-socket';
import { TestPhone, type PhoneOptions } from '../../telephony/test-phone';
import { expect, test } from '../fixtures';

// Her desk phone speaks SIP over WebSocket: the embedded engine has no UDP. What Asterisk does with UDP phones stands in its own suite.
const extension = '1011';
const karine = ['karine.simon', 'demo-1011'] as const;

let settings: PhoneOptions;
let phone: TestPhone | null = null;
test.beforeEach(async ({ centre }) => {
  settings = { ...(await centre.makeDeskPhone(extension)), hz: 700 };
});
test.afterEach(async ({ centre }) => {
  await phone?.close();
  phone = null;
  await centre.takeDeskPhoneAway(extension);
});

/** Plugged in: it registers, as soon as the running server knows its password. */
async function plugIn(): Promise<TestPhone> {
  const plugged = await TestPhone.connect(settings);
  phone = plugged;
  await expect.poll(async () => (await plugged.register()).status, { timeout: 10_000 }).toBe(200);
  return plugged;
}

test('@desk-phone the dashboard says whether the phone is registered, and availability waits for it', async ({
  agent,
  centre: _centre,
  page,
}) => {
  const probe = await plugIn(); // the server knows of the desk phone now
  await probe.register({ expires: 0 });
  await probe.close();
  await agent.signIn(...karine);
  const notices = page.getByTestId('dashboard-notices');
  await expect(notices).toContainText('Your phone is not registered');
  await expect(notices).toContainText('Register it on an IP phone, or contact your administrator.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'offline');
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.toasts).toContainText('Your phone is not registered.');
  await plugIn();
  await expect(notices).toContainText('Extension 1011 is registered on your IP phone.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
});

test('@desk-phone a number that is dialled in the app rings the own phone first', async ({ agent }) => {
  const desk = await plugIn();
  await agent.signIn(...karine);
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.dial('01 45 55 01 99');
  const own = await desk.incoming();
  expect(own.invite?.header('x-dial')).toBe('0145550199');
  await expect(agent.active).toHaveAttribute('data-state', 'dialing');
  await expect(agent.active).toContainText('Your phone rings first. Pick it up');
  await own.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await until('the desk phone hears who was called', () => own.media.heard.rms() > 300);
  own.hangUp();
  await expect(agent.ended).toBeVisible();
  await expect(agent.recentCalls).toContainText('0145550199');
});

test('@desk-phone a queue call rings at the phone and is shown, without answer and decline', async ({
  agent,
  centre,
}) => {
  const desk = await plugIn();
  await agent.becomeAvailable(...karine);
  const customer = await centre.customerCalls({ queueId: 'billing' });
  const call = await desk.incoming();
  await expect(agent.incoming).toContainText('Camille Roux');
  await expect(agent.incoming).toContainText('Answer or decline there.');
  await expect(agent.button('Answer')).toBeHidden();
  await expect(agent.button('Decline')).toBeHidden();
  await call.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect(agent.agentState).toHaveAttribute('data-state', 'on-call');
  await until('the phone hears the customer', () => call.media.heard.level(440) > 4000);
  await expect.poll(() => customer.hears(700), { timeout: 10_000 }).toBeGreaterThan(0.05);
  await expect(agent.button('Hang up')).toBeHidden();
  await customer.hangUp();
  await expect(agent.ended).toBeVisible();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
});
