import { expect, notificationDaemon, test } from '../fixtures';
import { hearsTone, hearsToneThroughout } from '../../rig/tones';

const customerTone = 440;
const agentTone = 700;

test('@inbound @engine a customer calls, both are heard, and the journal and the recording know it', async ({
  agent,
  app,
  centre,
  ear,
  speak,
}) => {
  await agent.becomeAvailable();
  speak(agentTone); // the microphone hears something long before anybody answers
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });

  await test.step('card, ring tone and notification', async () => {
    await expect(agent.incoming).toContainText('Camille Roux');
    await expect(agent.incoming).toContainText('Support');
    await expect.poll(() => notificationDaemon.shown()).toBe(1);
    await ear.untilSound();
  });

  await test.step('a click on the notification brings the window to the front', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(each => each.webContents.getURL().startsWith('app://agent'))
        ?.minimize(),
    );
    await notificationDaemon.clickNewest();
    await expect
      .poll(() =>
        app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()
            .find(each => each.webContents.getURL().startsWith('app://agent'))
            ?.isMinimized(),
        ),
      )
      .toBe(false);
  });

  await test.step('nothing of the microphone has left while it rang', async () => {
    // Before the click: after it the first packet of sound may overtake the 200, which takes another way.
    const media = await centre.mediaOf(customer.callId);
    expect(media).toMatchObject({ isRinging: true, isAnswered: false });
    expect(media.packetsBeforeAnswer ?? 0).toBe(0);
  });

  await test.step('both hear each other', async () => {
    await agent.answer();
    await expect(agent.agentState).toHaveAttribute('data-state', 'on-call');
    await ear.untilTone(customerTone);
    await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
    await expect(agent.timer).toHaveText(/^0?0:0[2-9]$/);
    await expect.poll(() => notificationDaemon.shown()).toBe(0);
  });

  await test.step('hang up; journal and recording', async () => {
    await agent.hangUp();
    await expect(agent.agentState).toHaveAttribute('data-state', 'available');
    await expect(agent.recentRows.first()).toContainText('Camille Roux');
    await ear.untilSilence();
    const call = await centre.storyOf(customer.callId);
    expect(call).toMatchObject({
      direction: 'inbound',
      remoteNumber: '+33145550142',
      queueName: 'Support',
      endCause: 'completed',
      hasRecording: true,
    });
    expect(call.legs.map(leg => [leg.role, leg.answeredAt !== null, leg.endedAt !== null])).toEqual([
      ['customer', true, true],
      ['agent', true, true],
    ]);
    const { sampleRate, channels } = await centre.recording(call.recordingId ?? '');
    const middle = (samples: Int16Array): Int16Array =>
      samples.subarray(Math.floor(samples.length * 0.5), Math.floor(samples.length * 0.9));
    const [customerSide, agentSide] = channels.map(middle);
    expect([sampleRate, channels.length]).toEqual([8000, 2]);
    expect(hearsToneThroughout(customerSide!, sampleRate, customerTone)).toBe(true);
    expect(hearsToneThroughout(agentSide!, sampleRate, agentTone)).toBe(true);
    expect(hearsTone(customerSide!, sampleRate, agentTone)).toBe(false);
  });
});

test('@inbound @engine callers with hostile names and without a number: text and nothing else, written down and recorded', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  const callers = [
    {
      name: 'O\'Hara, "Bob" <img src=x onerror=alert(1)>; ${SHELL(id)}',
      shown: '<img src=x onerror=alert(1)>; ${SHELL(id)}',
    },
    { name: '😀'.repeat(20) + 'é'.repeat(160), shown: '😀😀😀' },
    { name: 'Nobody', number: 'anonymous', shown: 'Nobody' },
  ];
  for (const { name, number, shown } of callers) {
    const customer = await centre.customerCalls({ name, ...(number === undefined ? {} : { number }) });
    await expect(agent.incoming).toContainText(shown);
    await agent.answer();
    await expect(agent.active).toContainText(shown);
    await agent.hangUp();
    await expect(agent.agentState).toHaveAttribute('data-state', 'available');
    await expect(agent.recentCalls).toContainText(shown);
    const story = await centre.storyOf(customer.callId);
    expect(story).toMatchObject({ endCause: 'completed', hasRecording: true });
    expect(story.remoteName).toContain(shown);
    expect((await centre.recording(story.recordingId ?? '')).channels).toHaveLength(2);
  }
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test('@inbound @engine a caller who gives up leaves a missed call and a quiet phone', async ({
  agent,
  centre,
  ear,
}) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await ear.untilSound();
  await customer.hangUp();
  await expect(agent.incoming).toBeHidden();
  await ear.untilSilence();
  await expect(agent.toasts).toContainText('Missed call from Camille Roux');
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  expect((await centre.storyOf(customer.callId)).endCause).toBe('caller-cancelled');
});

test('@inbound @engine the caller gives up in the instant in which the agent answers: nothing is left behind', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await Promise.all([
    customer.hangUp(),
    agent
      .button('Answer')
      .click({ timeout: 2000 })
      .catch(() => undefined),
  ]);
  await expect(agent.incoming).toBeHidden();
  await expect(agent.active).toBeHidden();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('@inbound @engine a second call while talking waits quietly, and answering it holds the first', async ({
  agent,
  centre,
  desk,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  await centre.customerCalls({ voice: { kind: 'tone', hz: 440 } });
  await agent.answer();
  await ear.untilTone(440);
  const colleague = await desk.phoneOf('1002', 'demo-1002', 980);
  const second = await colleague.dial('1001');
  await expect(agent.incoming).toContainText('1002');
  await agent.incoming.getByRole('button', { name: 'Answer' }).click();
  await ear.untilTone(980);
  await expect(page.locator('[data-call-id][data-state="held"]')).toHaveCount(1);
  second.hangUp();
  await expect(page.locator('[data-call-id][data-state="held"]')).toHaveCount(1);
  await agent.button('Resume').click();
  await ear.untilTone(440);
  await agent.hangUp();
});
