import type { ChildProcess } from 'node:child_process';

export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** The last lines of its log. */
  said(): string;
}
export function startCentralServer(options: {
  readonly args: string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}): Promise<RunningServer>;
/** Runs one of the server's own commands. @returns what it says */
export function runServerCommand(args: readonly string[]): Promise<string>;
