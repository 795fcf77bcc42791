import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isLoopbackHost } from './plugins/origin-rules';

export const usage = `Central server of the softphone.

  --data DIR           where server.db and recordings/ live (default .data/server)
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --port NUMBER        port to listen on, 0 for a free one (default 8090)
  --public-url URL     how the apps reach this server, if not by the address they ask (https://…)
  --tls-cert FILE      PEM certificate chain   } both or none
  --tls-key FILE       PEM private key         }
  --allow-plain-http   listen beyond this machine without TLS (passwords then travel in clear)
  --allow-md5          let SIP phones that know no SHA-256 digest register with MD5 (RFC 8760 advises against it)
  --name TEXT          name of this centre, shown at sign-in
  --support-email TEXT whom to ask for help and for a forgotten password
  --support-phone TEXT
  --smtp FILE          JSON with "url" (smtps://user:password@host) and "from": who forgot a password gets a code by mail
  --channels NUMBER    how many lines to the outside this centre has; supervisors see how many of them are in use
  --assets DIR         where the sounds are (default assets)
  --demo               fill an empty database with a demonstration centre and let simulated customers call
  --demo-key KEY       open the demo's own routes to whoever sends this key
  --no-schedule        with --demo: no customer calls by itself
  --engine NAME        embedded (default), or asterisk: a real Asterisk 22
  --asterisk DIR       with --engine asterisk: the folder that "asterisk-config" wrote
  --sip-url URL        with --engine asterisk: where phones find its SIP, if not at Asterisk's own address: wss://…, or a
                       path (/sip) of this server's own address, which a reverse proxy leads to Asterisk's /ws
  --log LEVEL          error, warn, info or debug (default info); goes to stderr
  --help

  desk-phone           gives an extension a desk phone instead of the app's; its options: desk-phone --help
  policy               shows or sets pause reasons, wrap-up and more; its options: policy --help
  asterisk-config      writes Asterisk's configuration instead of starting; its options: asterisk-config --help

DATABASE_URL (environment) chooses a database of PostgreSQL instead of server.db: postgres://user:password@host:5432/softphone. The commands
above read it too.

When it listens, one line of JSON is written to stdout: {"ready":true,"url":"http://127.0.0.1:8090"}
`;

const text = z.string().min(1).max(2048);
const config = z
  .object({
    data: text.default('.data/server'),
    host: text.default('127.0.0.1'),
    port: z.coerce.number().int().min(0).max(65_535).default(8090),
    'public-url': z.url({ protocol: /^https?$/ }).optional(),
    'tls-cert': text.optional(),
    'tls-key': text.optional(),
    'allow-plain-http': z.boolean().default(false),
    name: z.string().max(120).default('Softphone centre'),
    'support-email': z.email().optional(),
    'support-phone': z.string().max(40).optional(),
    smtp: text.optional(),
    channels: z.coerce.number().int().min(1).max(100_000).optional(),
    assets: text.default('assets'),
    demo: z.boolean().default(false),
    'demo-key': z.string().min(1).max(256).optional(),
    'allow-md5': z.boolean().default(false),
    'no-schedule': z.boolean().default(false),
    engine: z.enum(['embedded', 'asterisk']).default('embedded'),
    asterisk: text.optional(),
    'sip-url': z.union([z.url({ protocol: /^wss?$/ }), z.string().regex(/^\/\w[\w./-]{0,199}$/)]).optional(),
    log: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  })
  .refine(
    given => (given['tls-cert'] === undefined) === (given['tls-key'] === undefined),
    '--tls-cert and --tls-key belong together',
  )
  .refine(given => given.demo || given['demo-key'] === undefined, '--demo-key needs --demo')
  .refine(
    given => (given.engine === 'asterisk') === (given.asterisk !== undefined),
    '--engine asterisk and --asterisk DIR belong together',
  )
  .refine(
    given => given.engine === 'asterisk' || given['sip-url'] === undefined,
    '--sip-url needs --engine asterisk: the embedded engine is found at this server itself',
  )
  .refine(
    given => given['tls-cert'] !== undefined || given['allow-plain-http'] || isLoopbackHost(given.host),
    'without TLS this server listens on this machine only: passwords and calls would travel in clear. Give --tls-cert and --tls-key, or --allow-plain-http if something in front of it speaks TLS',
  );
export type Config = Readonly<z.infer<typeof config>>;

/** The database of PostgreSQL that the environment names; null: SQLite. In the environment, for it has a password in it. @throws when it names another kind */
export function databaseUrlIn(environment: NodeJS.ProcessEnv): string | null {
  const url = environment['DATABASE_URL'] ?? '';
  if (url === '') return null;
  // Not said what it is: there may be a password in it.
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new Error('DATABASE_URL must begin with postgres:// (without it: SQLite)');
  return url;
}

export type ReadConfig =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly config: Config }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads the command line; the only place that does. */
export function readConfig(args: readonly string[]): ReadConfig {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        data: string,
        host: string,
        port: string,
        'public-url': string,
        'tls-cert': string,
        'tls-key': string,
        'allow-plain-http': flag,
        name: string,
        'support-email': string,
        'support-phone': string,
        smtp: string,
        channels: string,
        assets: string,
        demo: flag,
        'demo-key': string,
        'allow-md5': flag,
        'no-schedule': flag,
        engine: string,
        asterisk: string,
        'sip-url': string,
        log: string,
        help: flag,
      },
    }));
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { kind: 'help' };
  const checked = config.safeParse(values);
  if (checked.success) return { kind: 'run', config: checked.data };
  return {
    kind: 'wrong',
    problem: checked.error.issues
      .map(issue => [...issue.path.map(part => `--${String(part)}`), issue.message].join(': '))
      .join('\n'),
  };
}
