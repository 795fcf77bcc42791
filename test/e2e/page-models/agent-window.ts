import { type Locator, type Page, expect } from '@playwright/test';

/** The agent window in the words of its user. English texts: specs in another language use their own locators. */
export class AgentWindow {
  readonly lineState: Locator;
  readonly agentState: Locator;
  readonly incoming: Locator;
  readonly active: Locator;
  readonly ended: Locator;
  readonly timer: Locator;
  readonly recentCalls: Locator;
  readonly recentRows: Locator;
  readonly toasts: Locator;

  constructor(readonly page: Page) {
    this.lineState = page.getByTestId('line-state');
    this.agentState = page.getByTestId('agent-state');
    this.incoming = page.getByTestId('incoming-card');
    this.active = page.getByTestId('active-call');
    this.ended = page.getByTestId('ended-call');
    this.timer = page.getByTestId('call-timer');
    this.recentCalls = page.getByTestId('recent-calls');
    this.recentRows = this.recentCalls.locator('tbody tr');
    this.toasts = page.getByTestId('toasts');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async signIn(identifier = 'alice.martin', password = 'demo-1001'): Promise<void> {
    await this.page.getByRole('textbox', { name: /user name|identifier|agent name/i }).fill(identifier);
    await this.page.getByLabel(/^password/i).fill(password);
    await this.button('Sign in').click();
  }

  /** Signed in, line registered and confirmed by the centre, open for calls. */
  async becomeAvailable(identifier?: string, password?: string): Promise<void> {
    await this.signIn(identifier, password);
    await expect(this.lineState).toHaveAttribute('data-state', 'registered');
    await this.agentState.click();
    await this.page.getByRole('menuitem', { name: 'Available' }).click();
    await expect(this.agentState).toHaveAttribute('data-state', 'available');
  }

  async answer(): Promise<void> {
    await expect(this.incoming).toBeVisible();
    await this.button('Answer').click();
    await expect(this.active).toHaveAttribute('data-state', 'active');
  }

  async hangUp(): Promise<void> {
    await this.button('Hang up').click();
    await expect(this.active).toBeHidden();
  }

  async dial(number: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: /number/i });
    await field.fill(number);
    await field.press('Enter');
  }
}
