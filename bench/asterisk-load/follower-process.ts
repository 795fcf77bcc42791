import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { project } from '../launch';
import type { FollowerOptions, Seen } from './followers';

const here = join(project, 'bench', 'asterisk-load');

/** One process that follows the calls; asked once after each step. */
export class Follower {
  private constructor(private readonly child: ChildProcess) {}

  static async open(options: FollowerOptions): Promise<Follower> {
    const child = fork(join(here, 'part.mjs'), [join(here, 'followers.ts'), JSON.stringify(options)], { cwd: project });
    const follower = new Follower(child);
    await follower.answer();
    return follower;
  }

  async seen(): Promise<Seen> {
    const answer = this.answer();
    this.child.send('what have you seen');
    return (await answer) as Seen;
  }

  close(): void {
    this.child.disconnect();
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (status: number | null): void => reject(new Error(`follower ended with ${status}`));
      this.child.once('exit', ended);
      this.child.once('message', message => {
        this.child.off('exit', ended);
        resolve(message);
      });
    });
  }
}
