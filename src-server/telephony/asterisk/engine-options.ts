import type { Clock } from '../../../src-shared/base/clock';
import type { ServerLog } from '../../server-log';
import type { TelephonyDirectory } from '../telephony';
import type { AsteriskTiming } from './asterisk-timing';
import type { AsteriskAccess } from './config/config-options';
import type { AskWhetherThere } from './lines/silent-phones';

export interface AsteriskTelephonyOptions {
  readonly access: AsteriskAccess;
  /** What phones connect to, if not Asterisk's own address: an address, or a path of the one at which they reach the centre. */
  readonly sipUrl?: string | null;
  /** Phones that know no SHA-256 digest may register too. */
  readonly allowMd5?: boolean;
  readonly directory: TelephonyDirectory;
  /** Asks an app over its connection to the centre; without it nobody can. */
  readonly isThere?: AskWhetherThere;
  /** Finished recordings lie here as `<recordingId>.wav`; made if it is missing. */
  readonly recordingsFolder: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly timing?: Partial<AsteriskTiming>;
}
