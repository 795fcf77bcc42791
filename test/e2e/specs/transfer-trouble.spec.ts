import { chooseDestination } from '../choose-destination';
import { expect, test } from '../fixtures';
import { atWork, colleagueAsked, customerAnswered, isHeard, tones } from '../talk';

test('@transfer @engine what cannot be sent stays: oneself, letters, and a PBX that refuses', async ({
  agent,
  centre,
  desk,
  ear,
  network,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const customer = await customerAnswered({ agent, centre, ear });
  const isStillHere = async (): Promise<void> => {
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await ear.untilTone(tones.customer);
    expect(await customer.state()).toBe('talking');
  };
  await test.step('to oneself and to letters there is nothing to choose', async () => {
    await page.keyboard.press('Control+t');
    for (const typed of ['1001', '12ab34']) {
      await page.getByRole('combobox', { name: 'Name or number' }).fill(typed);
      await expect(page.getByRole('dialog')).toContainText('Nobody found');
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await isStillHere();
  });
  for (const status of [403, 405, 503])
    await test.step(`REFER is answered ${status}`, async () => {
      network.refuseSip({ method: 'REFER', status });
      await chooseDestination(page, 'Control+t', '2001');
      await expect(agent.toasts.getByRole('alert')).toContainText('The caller is still with you.');
      await isStillHere();
      expect(colleague.incomingCount).toBe(0);
      await agent.toasts.getByRole('button').click();
      await expect(agent.toasts.getByRole('alert')).toBeHidden();
    });
  await test.step('the NOTIFY is lost: the customer is with the colleague, and the agent knows', async () => {
    network.refuseSip(null);
    network.loseSip('NOTIFY');
    await chooseDestination(page, 'Control+t', '2001');
    const sent = await colleague.incoming();
    await sent.answer();
    await expect.poll(() => sent.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
    await expect(agent.active).toBeHidden();
    sent.hangUp();
  });
});

test('@consult @engine trouble while a colleague is asked: the line breaks, and the customer hangs up', async ({
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
  await test.step('the line breaks while they talk, comes back, and the transfer is completed', async () => {
    const customer = await customerAnswered({ agent, centre, ear });
    const asked = await colleagueAsked({ page, ear }, colleague);
    network.cutSip();
    await expect(agent.lineState).not.toHaveAttribute('data-state', 'registered');
    await expect.poll(() => asked.media.heard.level(tones.agent)).toBeGreaterThan(isHeard);
    network.restore();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
    await page.keyboard.press('Control+Shift+t');
    await expect.poll(() => asked.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
    await expect.poll(() => customer.hears(tones.colleague)).toBeGreaterThan(0.01);
    await expect(agent.active).toBeHidden();
    await customer.hangUp(); // a colleague who hangs up in this moment would mean the agent, and give the customer back
    await expect.poll(() => asked.state).toBe('ended');
  });
  await test.step('the customer hangs up: agent and colleague talk on', async () => {
    const customer = await customerAnswered({ agent, centre, ear });
    const asked = await colleagueAsked({ page, ear }, colleague, 1);
    await customer.hangUp();
    await expect(page.getByTestId('consult-panel')).toBeHidden();
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await ear.untilTone(tones.colleague);
    await expect.poll(() => asked.media.heard.level(tones.agent)).toBeGreaterThan(isHeard);
    await agent.hangUp();
    await expect.poll(() => asked.state).toBe('ended');
  });
});

test('@consult @engine the app is killed while a colleague is asked: the customer comes to another agent, with the label', async ({
  agent,
  app,
  centre,
  desk,
  ear,
  page,
}) => {
  const colleague = await atWork({ agent, desk });
  const next = await desk.phoneOf('1002', 'demo-1002', tones.agent);
  const customer = await customerAnswered({ agent, centre, ear });
  await colleagueAsked({ page, ear }, colleague);
  await expect(() => centre.setAvailability('bruno.lefevre', 'available')).toPass();
  app.process().kill('SIGKILL');
  const killedAt = Date.now();
  const back = await next.incoming();
  expect(Date.now() - killedAt).toBeLessThan(3000);
  expect(back.invite?.header('x-call-id')).toBe(customer.callId);
  expect(back.invite?.header('x-transfer-returned')).toContain('to=1001');
  await back.answer();
  await expect.poll(() => back.media.heard.level(tones.customer)).toBeGreaterThan(isHeard);
  await expect.poll(() => customer.hears(tones.agent)).toBeGreaterThan(0.01);
  back.hangUp();
  await centre.setAvailability('bruno.lefevre', 'on-break');
});
