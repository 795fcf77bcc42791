import { randomUUID } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideAsterisk, instanceFolders, startInstance } from '../../scripts/asterisk-instance.mjs';
import { writeConfig } from '../../src-server/telephony/asterisk/config/asterisk-config';
import { type AsteriskAccess, asteriskPlace } from '../../src-server/telephony/asterisk/config/config-options';
import { freePorts } from './free-ports';

export interface OwnAsterisk {
  /** Of the instance, for `stopInstance` and `removeInstance`. */
  readonly name: string;
  readonly config: string;
  readonly access: AsteriskAccess;
  readonly sipPort: number;
  readonly sipsPort: number;
  readonly trunkPort: number;
}

export const carrierHost = '127.0.0.2';

const certificates = join(import.meta.dirname, '..', 'fixtures', 'tls');
export const companyAuthority = join(certificates, 'authority.pem');
const companyTls = { tlsCert: '/mnt/etc/issued.pem', tlsKey: '/mnt/etc/issued.key', tlsCa: companyAuthority };

export interface Additions {
  /** RTP ports; two for each call's end. */
  readonly rtpPorts?: number;
  /** A certificate of the organisation's authority: phones come over WSS, desk phones over TLS. */
  readonly hasTls?: boolean;
  /** What an administrator would write by hand: file name → text. */
  readonly files?: (trunkPort: number) => Readonly<Record<string, string>>;
}

/** A real Asterisk of its own, on free ports, before any server knows it. */
export async function openAsterisk({ rtpPorts = 400, hasTls = false, files }: Additions = {}): Promise<OwnAsterisk> {
  const name = `test-${randomUUID()}`;
  const { config, recordings } = instanceFolders(name);
  const ports = await freePorts(6);
  const [httpPort, amiPort, sipPort, sipsPort, trunkPort, rtp] = ports as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const rtpFirst = Math.min(rtp - (rtp % 2), 65_400 - rtpPorts);
  const place = asteriskPlace.parse({
    httpPort,
    amiPort,
    sipPort,
    sipsPort,
    ...(hasTls && companyTls),
    rtpFirst,
    rtpLast: rtpFirst + rtpPorts,
    trunk: `${carrierHost}:${trunkPort}`,
    recordingsInAsterisk: insideAsterisk.recordings,
    recordingsHere: recordings,
    music: insideAsterisk.music,
  });
  const { access } = writeConfig(config, place, []);
  for (const [file, text] of Object.entries(files?.(trunkPort) ?? {})) writeFileSync(join(config, file), text);
  if (hasTls)
    for (const file of ['issued.pem', 'issued.key']) copyFileSync(join(certificates, file), join(config, file));
  await startInstance(name);
  return { name, config, access, sipPort, sipsPort, trunkPort };
}
