import { app, dialog, type BrowserWindow } from 'electron';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../src-shared/errors/app-error';
import { reasonOf } from '../base/logger';
import type { Services } from '../services/build-services';
import { problemReport } from '../diagnostics/problem-report';
import { languageFor, osText } from './text';

/** The newest part of the log that goes along; a day of work is less. */
const mostLogCharacters = 1_000_000;

export interface SaveReportNeeds {
  readonly services: Services;
  readonly window: BrowserWindow;
  readonly userData: string;
}

/** "Report a problem": asks where to, writes one readable text. @throws AppError `report/not-saved` */
export async function saveReport({ services, window, userData }: SaveReportNeeds): Promise<{ isSaved: boolean }> {
  const at = new Date();
  const language = languageFor(services.settings.value.language, app.getLocale());
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: osText(language, 'report.title'),
    defaultPath: join(app.getPath('documents'), `agent-softphone-report-${at.toISOString().slice(0, 10)}.txt`),
    filters: [{ name: osText(language, 'report.text-file'), extensions: ['txt'] }],
  });
  if (canceled || filePath === '') return { isSaved: false };
  const { signIn, desk, line, settings, audio, journal } = services;
  const text = problemReport({
    at,
    versions: {
      program: app.getVersion(),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      system: `${process.platform} ${release()} ${process.arch}`,
      locale: app.getLocale(),
    },
    agent: signIn.agent,
    settings: settings.value,
    lineState: line.state.state,
    server: signIn.view.server,
    audio: audio.audio,
    calls: desk.all(),
    recent: journal.calls,
    computer: { host: hostname(), account: userInfo().username },
    log: await readLogs(join(userData, 'logs')),
  });
  try {
    await writeFile(filePath, text, { mode: 0o600 });
  } catch (error) {
    throw new AppError('report/not-saved', reasonOf(error));
  }
  return { isSaved: true };
}

async function readLogs(folder: string): Promise<string> {
  const parts = await Promise.all(['main.old.log', 'main.log'].map(name => textOf(join(folder, name))));
  const log = parts.join('');
  if (log.length <= mostLogCharacters) return log;
  const newest = log.slice(-mostLogCharacters);
  return newest.slice(newest.indexOf('\n') + 1); // no half line at the cut
}

/** A log that is not there is told in its place: that too is something support wants to know. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? '' : `a log file could not be read: ${reasonOf(error)}\n`;
  }
}
