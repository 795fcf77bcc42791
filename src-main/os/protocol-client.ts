import { app } from 'electron';
import { linkSchemes } from '../../src-shared/customers/phone-link';
import type { Logger } from '../base/logger';

/**
 * Offers the installed program to Windows for telephone links; which program opens them stays the person's choice. On Linux and
 * macOS the package itself says the same. `--` keeps what a link contains from being read as a switch.
 */
export function offerForLinks(log: Logger): void {
  if (!app.isPackaged || process.platform !== 'win32') return;
  for (const scheme of linkSchemes)
    if (!app.setAsDefaultProtocolClient(scheme, process.execPath, ['--']))
      log.warn(`not registered for ${scheme}: links`);
}
