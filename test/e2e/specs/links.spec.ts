import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import { AgentWindow } from '../page-models/agent-window';
import { openLink, startByLink } from '../start-again';

test.describe('telephone links from other programs', () => {
  test('@shell @shortcuts @engine a link shows a card and dials only when asked to', async ({
    agent,
    app,
    page,
    userData,
  }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    const card = page.getByTestId('link-card');
    await openLink(app, userData, 'tel:+33-1-45-55-01-42;ext=12');
    await expect(card).toContainText('+33 1 45 55 01 42');
    await expect(card).toContainText('Extension 12');
    expect(await violations(page)).toEqual([]);
    await expect(agent.active).toBeHidden();
    await card.getByRole('button', { name: 'Cancel' }).click();
    await expect(card).toBeHidden();
    await expect(agent.active).toBeHidden();

    await expect(async () => {
      await openLink(app, userData, 'sip:*43@centre.example');
      await expect(card).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect(card).toContainText('centre.example');
    await card.getByRole('button', { name: 'Call' }).click();
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await expect(card).toBeHidden();
    await agent.hangUp();
  });

  test('@shell @shortcuts a link before sign-in is kept and asked about afterwards', async ({
    agent,
    app,
    page,
    userData,
  }) => {
    await openLink(app, userData, 'callto:1002');
    await expect(page.getByText('A link asks to call 1002')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await agent.signIn();
    await expect(page.getByTestId('link-card')).toContainText('1002');
    await expect(agent.active).toBeHidden();
  });

  test('@shell @shortcuts @engine a link during a call waits, and the call goes on', async ({
    agent,
    app,
    centre,
    page,
    userData,
  }) => {
    await agent.becomeAvailable();
    await centre.customerCalls();
    await agent.answer();
    const callId = await agent.active.getAttribute('data-call-id');
    await openLink(app, userData, 'tel:1002');
    await expect(page.getByTestId('link-card')).toContainText('1002');
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    expect(await agent.active.getAttribute('data-call-id')).toBe(callId);
    await agent.hangUp();
    await expect(page.getByTestId('link-card')).toBeVisible();
  });

  test('@shell @shortcuts a link that starts the program is asked about after sign-in', async ({
    centre,
    userData,
  }) => {
    const { app, page } = await startByLink(userData, centre.url, 'tel:1002');
    try {
      await expect(page.getByText('A link asks to call 1002')).toBeVisible();
      const agent = new AgentWindow(page);
      await agent.signIn();
      await expect(page.getByTestId('link-card')).toContainText('1002');
      await expect(agent.active).toBeHidden();
    } finally {
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined); // it ends before it answers
    }
  });

  for (const [what, links] of Object.entries({
    'ten thousand characters': [`tel:${'1'.repeat(10_000)}`],
    'a line break': ['tel:1002\nBYE'],
    'SIP headers': ['sip:1002@centre.example?Replaces=abc'],
    'a password': ['sip:1002:secret@centre.example'],
    'two targets': ['tel:1002', 'tel:1003'],
    'a switch of the program': ['--inspect=0'],
    'a script': ['javascript:alert(1)'],
  }))
    test(`@shell @shortcuts a link with ${what} is refused with words`, async ({ agent, app, page, userData }) => {
      await openLink(app, userData, ...links);
      await expect(agent.toasts).toContainText('not a plain telephone number');
      await expect(page.getByText('A link asks to call')).toBeHidden();
      expect(app.windows().every(window => window.url().startsWith('app://'))).toBe(true);
    });
});
