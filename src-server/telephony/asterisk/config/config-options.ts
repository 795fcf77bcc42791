import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
/** An address in a configuration file: nothing that could begin another setting. */
const address = z.string().regex(/^[\w.:[\]-]{1,120}$/);
/** A path in a configuration file. */
const path = z.string().regex(/^[^\n\r;,"`$|]{1,300}$/);

/** Where this Asterisk listens and what it may reach. */
export const asteriskPlace = z.object({
  bind: address.default('127.0.0.1'),
  /** Name or address at which phones and the central server reach it, if not the one on which it listens. */
  host: address.nullable().default(null),
  /** Address of the central server, if it is another machine. */
  server: address.nullable().default(null),
  httpPort: port.default(8088),
  amiPort: port.default(5038),
  sipPort: port.default(5070),
  /** SIP over TLS for desk phones, when there is a certificate. */
  sipsPort: port.default(5071),
  rtpFirst: port.default(18_000),
  rtpLast: port.default(18_999),
  /** The carrier's SIP gateway, `host:port`; without one nobody can be called outside. */
  trunk: address.nullable().default(null),
  /** Recordings as Asterisk sees the folder, and as the central server sees the same folder. */
  recordingsInAsterisk: path.default('/var/spool/asterisk/monitor/centre'),
  recordingsHere: path.default('/var/spool/asterisk/monitor/centre'),
  /** Folder with WAV files, as Asterisk sees it. */
  music: path.default('/var/lib/asterisk/moh'),
  /** PEM files as Asterisk sees them: with them the phones come over WSS. */
  tlsCert: path.nullable().default(null),
  tlsKey: path.nullable().default(null),
  /** The company's own authority, as this command sees the PEM file; null when a public one signed the certificate. */
  tlsCa: path.nullable().default(null),
});
export type AsteriskPlace = Readonly<z.infer<typeof asteriskPlace>>;

const secret = z.string().regex(/^[\w-]{32,}$/);

/** `centre.json`, beside the configuration files: how the central server reaches this Asterisk. Readable by its owner only. */
export const asteriskAccess = z.object({
  ami: z.object({ host: z.string(), port, user: z.string(), secret }),
  ari: z.object({
    url: z.url({ protocol: /^https?$/ }),
    user: z.string(),
    secret,
    /** PEM of the authority that signed Asterisk's certificate, when it is no public one. */
    ca: z.string().nullable().default(null),
  }),
  /** What phones connect to. */
  webSocketUrl: z.url({ protocol: /^wss?$/ }),
  recordingsInAsterisk: z.string(),
  recordingsHere: z.string(),
});
export type AsteriskAccess = Readonly<z.infer<typeof asteriskAccess>>;

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const accessUser = 'centre';
