import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const dunstctl = async (...args: string[]): Promise<string> => (await run('dunstctl', args)).stdout;

/** The desktop's notification daemon, asked what it shows. */
export const notificationDaemon = {
  /** How many notifications are on screen. */
  async shown(): Promise<number> {
    return Number((await dunstctl('count', 'displayed')).trim());
  },
  /** The person clicks the newest notification: its action, then it closes. */
  async clickNewest(): Promise<void> {
    await dunstctl('action', '0');
    await dunstctl('close');
  },
  async closeAll(): Promise<void> {
    await dunstctl('close-all');
  },
  /** Texts of what has been closed, newest first. */
  async history(): Promise<{ summary: string; body: string }[]> {
    const answer = JSON.parse(await dunstctl('history')) as {
      data: { summary: { data: string }; body: { data: string } }[][];
    };
    return (answer.data[0] ?? []).map(entry => ({ summary: entry.summary.data, body: entry.body.data }));
  },
};
