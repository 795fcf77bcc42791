import { app, globalShortcut } from 'electron';
import { AppError } from '../../src-shared/errors/app-error';
import type { Logger } from '../base/logger';
import type { Services } from '../services/build-services';
import { obeyKey } from '../phone/key-orders';
import { GlobalShortcuts } from './global-shortcuts';

/** Connects the keys that work in every program: to the session, the settings and what they order. */
export function takeGlobalShortcuts(services: Services, log: Logger): GlobalShortcuts {
  const { desk, calls, agent, policy, signIn, settings, toasts } = services;
  const obey = obeyKey({ all: () => desk.all(), calls, policy, agent });
  const shortcuts = new GlobalShortcuts({
    port: globalShortcut,
    log,
    obey: name =>
      void obey(name).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        toasts.show('error', { error: error.code }, error.params);
      }),
  });
  const follow = (): void => shortcuts.follow(settings.value, signIn.agent !== null);
  signIn.changes.hear(follow);
  settings.changes.hear(follow);
  app.on('will-quit', () => globalShortcut.unregisterAll());
  return shortcuts;
}
