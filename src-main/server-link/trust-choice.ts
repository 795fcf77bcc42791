import { AppError } from '../../src-shared/errors/app-error';
import { probeCertificate } from './certificate-trust';
import { hostAndPort, parseServerAddress } from './server-address';

/**
 * A person compared the fingerprint and chose to trust it (S139). It counts only if the server shows that very certificate now.
 * @returns under which address it is to be remembered
 * @throws AppError `server/certificate-unknown` with the fingerprint that is shown instead
 */
export async function checkTrustChoice(serverUrl: string, fingerprint: string): Promise<string> {
  const origin = parseServerAddress(serverUrl);
  const shown = await probeCertificate(origin);
  if (shown !== fingerprint.toUpperCase())
    throw new AppError('server/certificate-unknown', 'shows another certificate than the chosen one', {
      fingerprint: shown,
    });
  return hostAndPort(origin);
}
