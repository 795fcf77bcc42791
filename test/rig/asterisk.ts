import { randomUUID } from 'node:crypto';
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

/** A real Asterisk of its own, on free ports, before any server knows it. */
export async function openAsterisk(): Promise<OwnAsterisk> {
  const name = `test-${randomUUID()}`;
  const { config, recordings } = instanceFolders(name);
  const [httpPort, amiPort, sipPort, trunkPort, rtp] = (await freePorts(5)) as [number, number, number, number, number];
  const rtpFirst = Math.min(rtp - (rtp % 2), 65_000);
  const place = asteriskPlace.parse({
    httpPort,
    amiPort,
    sipPort,
    rtpFirst,
    rtpLast: rtpFirst + 400,
    trunk: `${carrierHost}:${trunkPort}`,
    recordingsInAsterisk: insideAsterisk.recordings,
    recordingsHere: recordings,
    music: insideAsterisk.music,
  });
  const { access } = writeConfig(config, place, []);
  await startInstance(name);
  return { name, config, access, sipPort, trunkPort };
}
