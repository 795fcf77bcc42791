import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** A window of somebody else that has the keyboard. */
export class OtherProgram {
  private constructor(
    private readonly app: ElectronApplication,
    readonly page: Page,
  ) {}

  /** @param takes a key combination this program has before ours asks for it */
  static async open({ takes }: { readonly takes?: string } = {}): Promise<OtherProgram> {
    const app = await _electron.launch({
      args: [resolve(import.meta.dirname, 'other-program'), ...(isRoot ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), ...(takes === undefined ? {} : { TAKES_SHORTCUT: takes }) },
    });
    const page = await app.firstWindow();
    await page.getByRole('textbox').waitFor();
    return new OtherProgram(app, page);
  }

  /** Brings it to the front and gives it the keyboard, as a click on it would. */
  async focus(): Promise<void> {
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
    await this.page.waitForFunction(() => document.hasFocus());
    await this.page.getByRole('textbox').focus();
  }

  hasFocus(): Promise<boolean> {
    return this.page.evaluate(() => document.hasFocus());
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

/** Presses keys on the keyboard of the desktop: whoever has it, gets them. */
export async function pressOnDesktop(keys: string): Promise<void> {
  await run('xdotool', ['key', '--clearmodifiers', keys]);
}
