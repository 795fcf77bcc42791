import type { EngineReport } from '../../src-shared/ipc/engine-reports';

/** Tells main a fact. Synchronous: a fact is on its way before any further work begins (A1). */
export type Report = (report: EngineReport) => void;
type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type Log = (level: LogLevel, message: string) => void;

/** Log lines travel as reports, because this window has no file to write to. Never pass SIP bodies, numbers or secrets. */
export function logTo(report: Report): Log {
  return (level, message) => report({ type: 'log', level, message: message.slice(0, 4000) });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
