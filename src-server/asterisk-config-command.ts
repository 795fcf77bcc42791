import { parseArgs } from 'node:util';
import { AgentDirectory } from './agents/agent-directory';
import { commandDatabase } from './command-database';
import { writeConfig } from './telephony/asterisk/config/asterisk-config';
import { asteriskPlace } from './telephony/asterisk/config/config-options';
import type { QueueDefinition } from './telephony/telephony';

export const asteriskConfigUsage = `asterisk-config: writes the configuration files of an Asterisk 22 for this centre.

  --out DIR            where to write them (required); mostly /etc/asterisk
  --data DIR           the central server's data, for its queues (default .data/server; may be missing)
  --bind ADDRESS       address on which Asterisk listens (default 127.0.0.1)
  --host HOST          name or address at which phones and the server reach it (default: the address on which it listens)
  --server ADDRESS     address of the central server, if it is another machine
  --trunk HOST:PORT    the carrier's SIP gateway
  --http-port, --ami-port, --sip-port, --sips-port, --rtp-first, --rtp-last NUMBER
  --tls-cert FILE --tls-key FILE     phones over WSS, desk phones over TLS; PEM, as Asterisk sees them
  --tls-ca FILE        the company's own authority that signed it, as this command sees it
  --recordings-in-asterisk DIR --recordings-here DIR    one folder, as Asterisk and as the central server see it
  --music DIR          WAV files for callers who wait
`;

const options = {
  out: 'out',
  data: 'data',
  bind: 'bind',
  host: 'host',
  server: 'server',
  trunk: 'trunk',
  'http-port': 'httpPort',
  'ami-port': 'amiPort',
  'sip-port': 'sipPort',
  'sips-port': 'sipsPort',
  'rtp-first': 'rtpFirst',
  'rtp-last': 'rtpLast',
  'tls-cert': 'tlsCert',
  'tls-key': 'tlsKey',
  'tls-ca': 'tlsCa',
  'recordings-in-asterisk': 'recordingsInAsterisk',
  'recordings-here': 'recordingsHere',
  music: 'music',
} as const;

/** Runs the command. @returns what to say, and whether it went well */
export async function runAsteriskConfig(args: readonly string[]): Promise<{ isGood: boolean; text: string }> {
  const string = { type: 'string' } as const;
  let given: Record<string, string | undefined>;
  try {
    const known = Object.fromEntries(Object.keys(options).map(name => [name, string]));
    given = parseArgs({ args: [...args], options: known }).values as Record<string, string | undefined>;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { out, data = '.data/server' } = given;
  if (out === undefined) return wrong('--out DIR is missing');
  const named = Object.entries(options).flatMap(([option, field]) =>
    given[option] === undefined ? [] : [[field, given[option]] as const],
  );
  const place = asteriskPlace.safeParse(Object.fromEntries(named));
  if (!place.success)
    return wrong(place.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const queues = await queuesOf(data);
  const { changed } = writeConfig(out, place.data, queues);
  const what = changed.length === 0 ? 'nothing has changed' : `written: ${changed.join(' ')}`;
  return { isGood: true, text: `${out}: ${queues.length} queues; ${what}\n` };
}

const wrong = (problem: string): { isGood: boolean; text: string } => ({
  isGood: false,
  text: `${problem}\n\n${asteriskConfigUsage}`,
});

/** None while the centre has no data yet: the running server brings them. */
async function queuesOf(dataFolder: string): Promise<readonly QueueDefinition[]> {
  const db = await commandDatabase(dataFolder);
  if (db === null) return [];
  try {
    const directory = new AgentDirectory();
    await directory.reload(db);
    return directory.queues();
  } finally {
    await db.destroy();
  }
}
