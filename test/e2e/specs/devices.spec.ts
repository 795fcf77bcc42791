import type { Locator, Page } from '@playwright/test';
import { SpeakerEar, plugIn } from '../../rig/sound-card';
import { expect, test } from '../fixtures';

const customerTone = 440;

type DeviceField = 'Microphone' | 'Speaker' | 'Ringer';
/** Its name is what is chosen, then what it is for. */
const fieldOf = (page: Page, label: DeviceField): Locator =>
  page.getByRole('button', { name: new RegExp(` ${label}$`) });

/** The choices of one device field, then closed again. */
async function choicesOf(page: Page, label: DeviceField): Promise<string[]> {
  await fieldOf(page, label).click();
  const names = await page.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  return names.map(name => name.trim());
}

async function choose(page: Page, label: DeviceField, device: string): Promise<void> {
  await fieldOf(page, label).click();
  await page.getByRole('option', { name: device, exact: true }).click();
  await expect(page.getByRole('listbox')).toBeHidden();
}

test('@devices every sound device is listed by its name, and the meter shows the voice', async ({
  agent,
  page,
  speak,
}) => {
  await agent.signIn();
  await agent.button('Settings').click();
  await expect.poll(() => choicesOf(page, 'Microphone')).toContain('VirtualMicrophone');
  for (const field of ['Speaker', 'Ringer'] as const)
    expect(await choicesOf(page, field)).toEqual(
      expect.arrayContaining(['System default', 'VirtualSpeaker', 'VirtualHeadset']),
    );
  const level = (): Promise<number> =>
    page.getByTestId('microphone-level').evaluate((meter: HTMLMeterElement) => meter.value);
  await expect.poll(level).toBeLessThan(0.05);
  speak(700);
  await expect.poll(level).toBeGreaterThan(0.2);
});

test('@devices the test sounds come out of the chosen devices, and only there', async ({ agent, ear, page }) => {
  const headset = new SpeakerEar('spk2');
  try {
    await agent.signIn();
    await agent.button('Settings').click();
    await choose(page, 'Speaker', 'VirtualHeadset');
    const from = Date.now();
    await agent.button('Test speaker').click();
    await headset.untilSound();
    await headset.untilSilence();
    expect(ear.loudestSince(from)).toBeLessThan(0.002);
    await agent.button('Test ringer').click();
    await ear.untilSound();
  } finally {
    await headset.stop();
  }
});

test('@devices it rings on the loudspeaker and speaks in the headset', async ({ agent, centre, ear, page }) => {
  const headset = new SpeakerEar('spk2');
  try {
    await agent.becomeAvailable();
    await agent.button('Settings').click();
    await choose(page, 'Speaker', 'VirtualHeadset');
    await choose(page, 'Ringer', 'VirtualSpeaker');
    const from = Date.now();
    await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
    await ear.untilSound();
    expect(headset.loudestSince(from)).toBeLessThan(0.002);
    await agent.answer();
    await headset.untilTone(customerTone);
    await ear.untilSilence();
    await test.step('and follows a change in the middle of the call', async () => {
      await choose(page, 'Speaker', 'VirtualSpeaker');
      await ear.untilTone(customerTone);
      await headset.untilSilence();
    });
    await agent.hangUp();
  } finally {
    await headset.stop();
  }
});

test('@devices a headset plugged in during a call can be chosen; pulled out, the call goes on over the loudspeaker', async ({
  agent,
  centre,
  ear,
  page,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(700);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  await agent.button('Settings').click();
  const pullOut = await plugIn('late', 'LateHeadset');
  const late = new SpeakerEar('late');
  try {
    await expect.poll(() => choicesOf(page, 'Speaker')).toContain('LateHeadset');
    await choose(page, 'Speaker', 'LateHeadset');
    await late.untilTone(customerTone);
    await ear.untilSilence();

    await test.step('pulled out', async () => {
      await pullOut();
      await ear.untilTone(customerTone);
      await expect(agent.active).toHaveAttribute('data-state', 'active');
      await expect(agent.toasts).toContainText('Sound now goes through');
      await expect.poll(() => customer.hears(700)).toBeGreaterThan(0.01);
      expect(await choicesOf(page, 'Speaker')).toContain('Not connected, the system default is used');
    });
    await agent.hangUp();
  } finally {
    await late.stop();
    await pullOut();
  }
});

test.describe('nothing plugged in', () => {
  test.use({ microphone: 'none' });
  test('@devices without microphone and speaker the agent is told both, and a colleague’s call still rings', async ({
    agent,
    desk,
    page,
  }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await agent.button('Settings').click();
    await expect(page.getByText('No microphone found')).toBeVisible();
    await expect(page.getByText('No speaker found')).toBeVisible();
    const colleague = await desk.phoneOf('1002', 'demo-1002', 980);
    const call = await colleague.dial('1001');
    await expect(agent.incoming).toBeVisible();
    await agent.button('Answer').click();
    await expect(page.getByText('No microphone was found.').first()).toBeVisible();
    await expect(agent.incoming).toBeVisible();
    call.cancel();
  });
});
