import log from 'electron-log/node';
import { join } from 'node:path';
import { maskNumbersIn, type Logger } from '../base/logger';

/** Log file in the profile folder, at most two of 5 MB, phone numbers masked on the way in whatever the caller did. */
export function openLogFile(folder: string, isVerbose: boolean): (module: string) => Logger {
  log.transports.file.resolvePathFn = () => join(folder, 'logs', 'main.log');
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.file.level = isVerbose ? 'debug' : 'info';
  log.transports.console.level = isVerbose ? 'info' : 'error';
  log.hooks.push(message => ({
    ...message,
    data: message.data.map(part => (typeof part === 'string' ? maskNumbersIn(part) : part)),
  }));
  return module => {
    const scope = log.scope(module);
    return {
      error: message => scope.error(message),
      warn: message => scope.warn(message),
      info: message => scope.info(message),
      debug: message => scope.debug(message),
    };
  };
}
