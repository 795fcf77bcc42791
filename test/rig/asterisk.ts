import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
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
  readonly trunkPort: number;
}

export const carrierHost = '127.0.0.2';

interface Additions {
  /** RTP ports; two for each call's end. */
  readonly rtpPorts?: number;
  /** What an administrator would write by hand: file name → text. */
  readonly files?: (trunkPort: number) => Readonly<Record<string, string>>;
}

/** A real Asterisk of its own, on free ports, before any server knows it. */
export async function openAsterisk({ rtpPorts = 400, files }: Additions = {}): Promise<OwnAsterisk> {
  const name = `test-${randomUUID()}`;
  const { config, recordings } = instanceFolders(name);
  const [httpPort, amiPort, sipPort, trunkPort, rtp] = (await freePorts(5)) as [number, number, number, number, number];
  const rtpFirst = Math.min(rtp - (rtp % 2), 65_400 - rtpPorts);
  const place = asteriskPlace.parse({
    httpPort,
    amiPort,
    sipPort,
    rtpFirst,
    rtpLast: rtpFirst + rtpPorts,
    trunk: `${carrierHost}:${trunkPort}`,
    recordingsInAsterisk: insideAsterisk.recordings,
    recordingsHere: recordings,
    music: insideAsterisk.music,
  });
  const { access } = writeConfig(config, place, []);
  for (const [file, text] of Object.entries(files?.(trunkPort) ?? {})) writeFileSync(join(config, file), text);
  await startInstance(name);
  return { name, config, access, sipPort, trunkPort };
}
