import type { Logger } from '../src-main/base/logger';

/** Parts of the app that run here have nothing to say. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
