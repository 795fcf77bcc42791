import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueDefinition } from '../../telephony';
import { type AsteriskAccess, type AsteriskPlace, accessUser, asteriskAccess, newSecret } from './config-options';
import { dialplanConfig } from './dialplan-config';
import { pjsipConfig, sorceryConfig } from './pjsip-config';
import { centreQueues, centreQueuesFile, queueConfig } from './queue-config';
import {
  ariConfig,
  conferenceConfig,
  emptyFiles,
  featuresConfig,
  filesWithDefaults,
  httpConfig,
  loggerConfig,
  managerConfig,
  modulesConfig,
  musicConfig,
  ownAddress,
  rtpConfig,
} from './service-config';

export const accessFile = 'centre.json';

/** File name → text. Pure: the same centre gives the same files. */
export function configFiles(
  place: AsteriskPlace,
  access: AsteriskAccess,
  queues: readonly QueueDefinition[],
): ReadonlyMap<string, string> {
  const files: Record<string, string> = {
    ...Object.fromEntries(emptyFiles.map(name => [name, ''])),
    ...Object.fromEntries(filesWithDefaults.map(name => [name, '[general]\n'])),
    'ari.conf': ariConfig(access),
    'confbridge.conf': conferenceConfig,
    'extensions.conf': dialplanConfig,
    'features.conf': featuresConfig,
    'http.conf': httpConfig(place),
    'logger.conf': loggerConfig,
    'manager.conf': managerConfig(place, access),
    'modules.conf': modulesConfig,
    'musiconhold.conf': musicConfig(place),
    'pjsip.conf': pjsipConfig(place),
    'queues.conf': queueConfig,
    'rtp.conf': rtpConfig(place),
    'sorcery.conf': sorceryConfig,
  };
  const whole = Object.entries(files).map(([name, text]) => [name, head(name) + text + foot(name)] as const);
  return new Map([...whole, [centreQueuesFile, queuesHead + centreQueues(queues)]]);
}

/**
 * Writes the files and `centre.json`; secrets that are there already stay, and so do the queues, which the running server keeps.
 * @returns how the server reaches this Asterisk
 */
export function writeConfig(
  folder: string,
  place: AsteriskPlace,
  queues: readonly QueueDefinition[],
): { readonly access: AsteriskAccess; readonly changed: readonly string[] } {
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  const access = accessOf(place, knownAccess(folder));
  const files = new Map(configFiles(place, access, queues));
  files.set(accessFile, `${JSON.stringify(access, null, 2)}\n`);
  const changed: string[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    if (existsSync(path) && (name === centreQueuesFile || readFileSync(path, 'utf8') === text)) continue;
    const isSecret = name === accessFile || name === 'manager.conf' || name === 'ari.conf';
    // Whole or not at all: Asterisk may be reading.
    writeFileSync(`${path}.new`, text, { mode: isSecret ? 0o600 : 0o640 });
    renameSync(`${path}.new`, path);
    chmodSync(path, isSecret ? 0o600 : 0o640);
    changed.push(name);
  }
  return { access, changed };
}

/** `centre.json` of a folder; null when there is none. */
export function knownAccess(folder: string): AsteriskAccess | null {
  const path = join(folder, accessFile);
  return existsSync(path) ? asteriskAccess.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

function accessOf(place: AsteriskPlace, known: AsteriskAccess | null): AsteriskAccess {
  const { httpPort, amiPort, tlsCert, tlsCa } = place;
  const host = place.host ?? ownAddress(place);
  const s = tlsCert === null ? '' : 's';
  const ca = tlsCa === null ? null : readFileSync(tlsCa, 'utf8');
  return {
    ami: { host, port: amiPort, user: accessUser, secret: known?.ami.secret ?? newSecret() },
    ari: { url: `http${s}://${host}:${httpPort}`, user: accessUser, secret: known?.ari.secret ?? newSecret(), ca },
    webSocketUrl: `ws${s}://${host}:${httpPort}/ws`,
    recordingsInAsterisk: place.recordingsInAsterisk,
    recordingsHere: place.recordingsHere,
  };
}

const localNameOf = (name: string): string => name.replace('.conf', '_local.conf');

const head = (name: string): string =>
  `; Written by "npm run server -- asterisk-config", anew at each run: nothing here may be edited by hand.
; Yours goes into ${localNameOf(name)}, read after this and never written; "[section](+)" there adds to a section of here.

`;
const foot = (name: string): string => `\n#tryinclude ${localNameOf(name)}\n`;
const queuesHead =
  '; Written by "npm run server -- asterisk-config" and by the running server: nothing here may be edited by hand.\n\n';
