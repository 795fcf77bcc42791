import type { DeskSet } from '../../rig/desk-set';
import type { DeskPhoneSettings } from '../../rig/demo-centre';
import { violations } from '../accessibility';
import { chooseDestination } from '../choose-destination';
import { expect, test } from '../fixtures';

// Her desk phone speaks SIP over WebSocket to the embedded engine, which has no UDP, and plain SIP and RTP over UDP to Asterisk.
const extension = '1011';
const karine = ['karine.simon', 'demo-1011'] as const;
const [customerTone, deskTone, colleagueTone, subscriberTone, thirdTone] = [440, 600, 900, 700, 1200];
/** A telephone's samples, of 32768; what a customer hears is told in parts of that. */
const isHeard = 2000;
const isHeardOutside = 0.01;
const isNothing = 400;
const isNothingOutside = 0.003;

let settings: DeskPhoneSettings;
let phone: DeskSet | null = null;
test.beforeEach(async ({ centre }) => {
  settings = await centre.makeDeskPhone(extension);
});
test.afterEach(async ({ centre }) => {
  await phone?.close();
  phone = null;
  await centre.sendCustomersHome();
  await centre.takeDeskPhoneAway(extension);
});

test('@deskphone @engine the dashboard says whether the phone is registered, and availability waits for it', async ({
  agent,
  centre,
  page,
}) => {
  const probe = await centre.plugIn(settings, deskTone); // the server knows of the desk phone now
  await probe.unregister();
  await probe.close();
  await agent.signIn(...karine);
  const notices = page.getByTestId('dashboard-notices');
  await expect(notices).toContainText('Your phone is not registered');
  await expect(notices).toContainText('Register it on an IP phone, or contact your administrator.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'offline');
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.toasts).toContainText('Your phone is not registered.');
  expect(await violations(page)).toEqual([]);
  phone = await centre.plugIn(settings, deskTone);
  await expect(notices).toContainText('Extension 1011 is registered on your IP phone.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
});

test('@deskphone @engine a number that is dialled in the app rings the own phone first, and may be taken back', async ({
  agent,
  centre,
  page,
}) => {
  phone = await centre.plugIn(settings, deskTone);
  await agent.signIn(...karine);
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.dial('01 45 00 07 00');
  const own = await phone.incoming();
  expect(own.header('x-dial')).toBe('0145000700');
  await expect(agent.active).toHaveAttribute('data-state', 'dialing');
  await expect(agent.active).toContainText('Your phone rings first. Pick it up');
  await own.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect.poll(() => own.hears(subscriberTone)).toBeGreaterThan(isHeard);
  own.hangUp();
  await expect(agent.ended).toBeVisible();
  await expect(agent.recentCalls).toContainText('0145000700');
  await agent.dial('01 45 00 07 00');
  const again = await phone.incoming(1);
  await expect(agent.active).toHaveAttribute('data-state', 'dialing'); // the phone may know of it before the window
  await page.keyboard.press('Control+Shift+h');
  await expect.poll(() => again.isOver).toBe(true);
  await expect(agent.ended).toBeVisible();
});

test('@deskphone @engine a queue call rings at the phone and is shown; it is ended in the app and worked after', async ({
  agent,
  centre,
  page,
}) => {
  await centre.wrapUpIs({ mode: 'automatic', seconds: 60 });
  phone = await centre.plugIn(settings, deskTone);
  await agent.becomeAvailable(...karine);
  const missed = await centre.customerCalls({ queueId: 'billing' });
  const rings = await phone.incoming();
  await expect(agent.incoming).toContainText('Camille Roux');
  await missed.hangUp();
  await expect.poll(() => rings.isOver).toBe(true);
  await expect(agent.recentCalls.locator(`tr[data-call-id="${missed.callId}"]`)).toContainText('Caller hung up');

  const customer = await centre.customerCalls({ queueId: 'billing', voice: { kind: 'tone', hz: customerTone } });
  const call = await phone.incoming(1);
  await expect(agent.incoming).toContainText('Answer or decline there.');
  await expect(agent.button('Answer')).toBeHidden();
  await expect(agent.button('Decline')).toBeHidden();
  expect(await violations(page)).toEqual([]);
  await call.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect(agent.active).toContainText('Camille Roux');
  await expect(agent.active).toContainText('Facturation');
  await expect(agent.timer).toHaveText(/00:0\d/);
  await expect(agent.agentState).toHaveAttribute('data-state', 'on-call');
  await expect.poll(() => call.hears(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
  // What the centre cannot do for the phone is no button.
  for (const name of ['Mute', 'Keypad']) await expect(agent.button(name)).toBeHidden();
  const bothHear = async (): Promise<void> => {
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await expect.poll(() => call.hears(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
  };
  const isHeld = async (): Promise<void> => {
    await expect(agent.active).toHaveAttribute('data-state', 'held');
    await expect.poll(() => customer.hears(deskTone)).toBeLessThan(isNothingOutside);
    await expect.poll(() => call.hears(customerTone)).toBeLessThan(isNothing);
  };
  await test.step('on hold and back, with the button and with the key', async () => {
    await agent.button('Hold').click();
    await isHeld();
    await expect(agent.active).toContainText('The other side hears music, your phone nothing.');
    expect(await violations(page)).toEqual([]);
    await agent.button('Resume').click();
    await bothHear();
    await page.keyboard.press('Control+h');
    await isHeld();
    await page.keyboard.press('Control+h');
    await bothHear();
  });
  await test.step('on hold by the phone’s own key: shown, and taken back there', async () => {
    await call.hold();
    await expect(agent.active).toHaveAttribute('data-state', 'held');
    await expect(agent.active).toContainText('On hold at your phone.');
    await expect(agent.button('Hold')).toBeDisabled();
    await call.takeBack();
    await bothHear();
  });
  await test.step('held from here, the phone’s own key has the last word', async () => {
    await agent.button('Hold').click();
    await isHeld();
    await call.hold();
    await expect(agent.active).toContainText('On hold at your phone.');
    await call.takeBack();
    await bothHear();
  });
  await page.keyboard.press('Control+Shift+h');
  await expect.poll(() => call.isOver).toBe(true);
  await expect.poll(() => customer.state()).toBe('ended');
  await expect(page.getByTestId('wrap-up')).toContainText('Camille Roux');
  await expect(agent.agentState).toHaveAttribute('data-state', 'wrap-up');
  const { events } = await centre.journalOf(customer.callId);
  const held = events.map(({ type }) => type).filter(type => /^leg-(held|resumed)$/.test(type));
  const [once, again] = [
    ['leg-held', 'leg-resumed'],
    ['leg-held', 'leg-held', 'leg-resumed'],
  ];
  expect(held).toEqual([...once, ...once, ...once, ...again]);
  await centre.wrapUpIs({ mode: 'none' });
});

test('@deskphone @engine a supervisor is asked, brought in and given the customer, with keys alone', async ({
  agent,
  centre,
  desk,
  page,
}) => {
  phone = await centre.plugIn(settings, deskTone);
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  await agent.becomeAvailable(...karine);
  const customer = await centre.customerCalls({ queueId: 'billing', voice: { kind: 'tone', hz: customerTone } });
  const call = await phone.incoming();
  await call.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
  const panel = page.getByTestId('consult-panel');

  /** The phone rings for its second call; picking that up puts the first on hold, as desk phones do. */
  const asks = async (ownIndex: number, askedIndex: number) => {
    await chooseDestination(page, 'Control+e', '2001');
    const own = await (phone as DeskSet).incoming(ownIndex);
    await expect(panel).toHaveAttribute('data-state', 'calling');
    await call.hold();
    await own.answer();
    const asked = await colleague.incoming(askedIndex);
    await asked.answer();
    await expect(panel).toHaveAttribute('data-state', 'asking');
    await expect.poll(() => own.hears(colleagueTone)).toBeGreaterThan(isHeard);
    return { own, asked };
  };

  await test.step('asked and taken back', async () => {
    const { own, asked } = await asks(1, 0);
    await expect.poll(() => asked.media.heard.level(deskTone)).toBeGreaterThan(isHeard);
    // A tone that has just begun is heard a little at every pitch.
    await expect.poll(() => asked.media.heard.level(customerTone)).toBeLessThan(isNothing);
    await expect.poll(() => customer.hears(deskTone)).toBeLessThan(isNothingOutside);
    await expect.poll(() => customer.hears(colleagueTone)).toBeLessThan(isNothingOutside);
    expect(await violations(page)).toEqual([]);
    await test.step('swapped with a key: the ear at the phone hears the customer, and the supervisor again', async () => {
      await page.keyboard.press('Control+s');
      await expect.poll(() => own.hears(customerTone)).toBeGreaterThan(isHeard);
      await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
      await expect.poll(() => asked.media.heard.level(deskTone)).toBeLessThan(isNothing);
      await expect.poll(() => own.hears(colleagueTone)).toBeLessThan(isNothing);
      await expect.poll(() => customer.hears(colleagueTone)).toBeLessThan(isNothingOutside);
      await expect(agent.active).toContainText('Camille Roux');
      await expect(page.getByTestId('other-call')).toHaveAttribute('data-state', 'held');
      await page.keyboard.press('Control+s');
      await expect.poll(() => own.hears(colleagueTone)).toBeGreaterThan(isHeard);
      await expect.poll(() => asked.media.heard.level(deskTone)).toBeGreaterThan(isHeard);
      await expect.poll(() => customer.hears(deskTone)).toBeLessThan(isNothingOutside);
      await expect(agent.active).toContainText('2001');
    });
    await page.getByRole('button', { name: /^Back to/ }).press('Enter');
    await expect.poll(() => own.isOver && asked.state === 'ended').toBe(true);
    await expect(panel).toBeHidden();
    await expect(agent.active).toHaveAttribute('data-state', 'held');
    await call.takeBack();
    await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
  });

  await test.step('given the customer', async () => {
    const { own, asked } = await asks(2, 1);
    await page.keyboard.press('Control+Shift+t');
    await expect.poll(() => asked.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(isHeardOutside);
    await expect.poll(() => call.isOver && own.isOver).toBe(true);
    await expect.poll(() => asked.media.heard.level(deskTone)).toBeLessThan(isNothing);
    await expect.poll(() => customer.hears(deskTone)).toBeLessThan(isNothingOutside);
    await expect(agent.active).toBeHidden();
    await expect(agent.agentState).toHaveAttribute('data-state', 'available');
    const { events } = await centre.journalOf(customer.callId);
    const told = events.map(({ type }) => type).filter(type => /^(transfer|conference)-/.test(type));
    expect(told).toEqual(['transfer-started', 'transfer-ended']);
    asked.hangUp();
  });

  await test.step('a conference, which the desk phone leaves', async () => {
    const next = await centre.customerCalls({ queueId: 'billing', voice: { kind: 'tone', hz: customerTone } });
    const first = await (phone as DeskSet).incoming(3);
    await first.answer();
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await chooseDestination(page, 'Control+e', '2001');
    const own = await (phone as DeskSet).incoming(4);
    await first.hold();
    await own.answer();
    const asked = await colleague.incoming(2);
    await asked.answer();
    await expect(panel).toHaveAttribute('data-state', 'asking');
    await page.keyboard.press('Control+g');
    await expect(page.getByTestId('conference-panel').getByRole('listitem')).toHaveCount(3);
    await expect.poll(() => own.isOver).toBe(true);
    await first.takeBack();
    await expect.poll(() => first.hears(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => first.hears(colleagueTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => first.hears(deskTone)).toBeLessThan(isNothing);
    await expect.poll(() => asked.media.heard.level(deskTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => asked.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => next.hears(deskTone)).toBeGreaterThan(isHeardOutside);
    await expect.poll(() => next.hears(colleagueTone)).toBeGreaterThan(isHeardOutside);
    await page.keyboard.press('Control+Shift+h');
    await expect.poll(() => first.isOver).toBe(true);
    await expect.poll(() => next.hears(deskTone)).toBeLessThan(isNothingOutside);
    await expect.poll(() => next.hears(colleagueTone)).toBeGreaterThan(isHeardOutside);
    asked.hangUp();
  });
});

test('@deskphone @engine sent on without asking: back with its reason, then through; a second call rings at the phone', async ({
  agent,
  centre,
  desk,
  page,
}) => {
  phone = await centre.plugIn(settings, deskTone);
  const colleague = await desk.phoneOf('2001', 'demo-2001', colleagueTone);
  await agent.becomeAvailable(...karine);
  const customer = await centre.customerCalls({ queueId: 'billing', voice: { kind: 'tone', hz: customerTone } });
  const call = await phone.incoming();
  await call.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await chooseDestination(page, 'Control+t', '2001');
  const sent = await colleague.incoming();
  await expect.poll(() => call.isOver).toBe(true);
  sent.decline(603);
  const back = await phone.incoming(1);
  await expect(agent.incoming).toContainText('Transfer came back: declined');
  await back.answer();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect.poll(() => back.hears(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);

  const third = await desk.phoneOf('2002', 'demo-2002', thirdTone);
  await test.step('a second call is sent on in the app: those two talk, and the conversation goes on', async () => {
    const out = await colleague.dial('1011');
    const rings = await (phone as DeskSet).incoming(2);
    await expect(agent.incoming).toContainText('Second call waiting');
    expect(await violations(page)).toEqual([]);
    await agent.button('Send on').press('Enter');
    await page.getByRole('combobox', { name: 'Name or number' }).fill('2002');
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('2002');
    await page.keyboard.press('Enter');
    const taken = await third.incoming();
    await expect.poll(() => rings.isOver).toBe(true);
    await taken.answer();
    await expect.poll(() => taken.media.heard.level(colleagueTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => out.media.heard.level(thirdTone)).toBeGreaterThan(isHeard);
    await expect(agent.incoming).toBeHidden();
    await expect(agent.active).toContainText('Camille Roux');
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await expect.poll(() => back.hears(customerTone)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(deskTone)).toBeGreaterThan(isHeardOutside);
    await expect.poll(() => customer.hears(colleagueTone)).toBeLessThan(isNothingOutside);
    taken.hangUp();
    await expect.poll(() => out.state).toBe('ended');
  });
  await colleague.dial('1011');
  const second = await phone.incoming(3);
  await expect(agent.incoming).toContainText('Second call waiting');
  await expect(agent.incoming).toContainText('Answer or decline there.');
  await expect(agent.button('Answer')).toBeHidden();
  second.decline(486);
  await expect(agent.incoming).toBeHidden();

  // Asked, and not waited for: the own phone stops ringing for its second call, and the customer is sent at once.
  await chooseDestination(page, 'Control+e', '2001');
  const own = await phone.incoming(4);
  await page.getByRole('button', { name: 'Transfer without waiting' }).press('Enter');
  await expect.poll(() => own.isOver).toBe(true);
  const again = await colleague.incoming(1);
  await again.answer();
  await expect.poll(() => again.media.heard.level(customerTone)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(isHeardOutside);
  await expect.poll(() => customer.hears(deskTone)).toBeLessThan(isNothingOutside);
  await expect.poll(() => back.isOver).toBe(true);
  await expect(agent.active).toBeHidden();
  again.hangUp();
});
