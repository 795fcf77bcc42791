import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownAccess, writeConfig } from '../../../../../src-server/telephony/asterisk/config/asterisk-config';
import { asteriskPlace } from '../../../../../src-server/telephony/asterisk/config/config-options';
import { headerText } from '../../../../../src-server/telephony/asterisk/queues/queue-sync';
import type { QueueDefinition } from '../../../../../src-server/telephony/telephony';

const queue: QueueDefinition = {
  id: 'support',
  name: 'Support',
  number: '800',
  ringTimeoutMs: 15_000,
  wrapUpMs: 5400,
  memberExtensions: ['1001'],
};
const place = asteriskPlace.parse({ trunk: 'sip.carrier.example:5060' });
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'asterisk-config-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the configuration of an Asterisk', () => {
  it('is written once: a second run changes nothing, not even a secret', () => {
    const first = writeConfig(folder, place, [queue]);
    expect(first.changed).toContain('pjsip.conf');
    const second = writeConfig(folder, place, [queue]);
    expect(second.changed).toEqual([]);
    expect(second.access).toEqual(first.access);
    expect(knownAccess(folder)).toEqual(first.access);
  });

  it('leaves the queues to the running server once they are there', () => {
    writeConfig(folder, place, [queue]);
    writeFileSync(join(folder, 'queues_centre.conf'), '[sales]\n');
    expect(writeConfig(folder, place, []).changed).toEqual([]);
    expect(read('queues_centre.conf')).toBe('[sales]\n');
  });

  it('of another machine: lets in the server that was named, and is found at its name', () => {
    const far = { bind: '0.0.0.0', host: 'pbx.example', server: '10.0.0.7', trunk: 'sip.carrier.example:5060' };
    const { access } = writeConfig(folder, asteriskPlace.parse(far), []);
    expect([access.ami.host, access.ari.url, access.webSocketUrl]).toEqual([
      'pbx.example',
      'http://pbx.example:8088',
      'ws://pbx.example:8088/ws',
    ]);
    expect(read('manager.conf')).toContain('permit=10.0.0.7/255.255.255.255');
    expect(read('pjsip.conf')).not.toContain('media_address');
  });

  it('has secrets that nobody else has, readable by the owner only', () => {
    const other = mkdtempSync(join(tmpdir(), 'asterisk-config-'));
    const [one, two] = [writeConfig(folder, place, []).access, writeConfig(other, place, []).access];
    rmSync(other, { recursive: true });
    expect(new Set([one.ami.secret, one.ari.secret, two.ami.secret, two.ari.secret]).size).toBe(4);
    for (const name of ['manager.conf', 'ari.conf', 'centre.json'])
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('says in every file what may be edited by hand', () => {
    writeConfig(folder, place, [queue]);
    const files = readdirSync(folder).filter(name => name.endsWith('.conf'));
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter(name => !read(name).includes('nothing here may be edited by hand'))).toEqual([]);
    const includesOwn = (name: string): boolean =>
      read(name).includes(`#tryinclude ${name.replace('.conf', '_local.conf')}`);
    expect(files.filter(name => !includesOwn(name))).toEqual(['queues_centre.conf']);
  });

  it('writes the queues in seconds, and leaves out what cannot stand in a file', () => {
    writeConfig(folder, place, [queue, { ...queue, id: 'bad]\n[general' }]);
    const text = read('queues_centre.conf');
    expect(text).toContain('[support]\nstrategy = rrmemory\ntimeout = 15\nwrapuptime = 5\n');
    expect(text.match(/^\[/gm)).toHaveLength(1);
  });

  it('uses nothing of a caller in the dialplan, and dials digits only', () => {
    writeConfig(folder, place, []);
    const dialplan = read('extensions.conf');
    expect(dialplan).not.toMatch(/\{(CALLERID|CONNECTEDLINE|PJSIP_HEADER)\(|SHELL|System\(/);
    const starts = dialplan.match(/^\[centre-(?:from-trunk|agents|transfer)\][\s\S]*?(?=^\[)/gm)?.join('') ?? '';
    const patterns = [...starts.matchAll(/^exten => ([^,]+),/gm)].map(([, pattern]) => pattern ?? '');
    expect(patterns.length).toBeGreaterThan(60);
    for (const pattern of patterns) expect(pattern).toMatch(/^(_\+?X+|\*43)$/);
  });

  it('refuses an address that would begin another setting', () => {
    expect(asteriskPlace.safeParse({ trunk: 'a\nb' }).success).toBe(false);
    expect(asteriskPlace.safeParse({ music: '/a;b' }).success).toBe(false);
    expect(asteriskPlace.safeParse({ bind: '127.0.0.1,0.0.0.0' }).success).toBe(false);
  });

  it('without a trunk says so instead of naming one; with certificates offers no plain port', () => {
    writeConfig(folder, asteriskPlace.parse({ tlsCert: '/etc/tls/a.pem', tlsKey: '/etc/tls/a.key' }), []);
    expect(read('pjsip.conf')).not.toContain('[trunk]');
    expect(read('pjsip.conf')).toContain('protocol=wss');
    expect(read('http.conf')).toMatch(/enabled=no\ntlsenable=yes/);
  });
});

describe('a queue name in a SIP header', () => {
  it.each([
    ['Support', 'Support'],
    ['Équipe A', '%C3%89quipe A'],
    ['a"${x},b^c%', 'a%22%24%7Bx%7D%2Cb%5Ec%25'],
    ['a\r\nX: 1', 'a%0D%0AX%3A 1'],
  ])('%j travels as %s and comes back', (name, expected) => {
    expect(headerText(name)).toBe(expected);
    expect(decodeURIComponent(headerText(name))).toBe(name);
  });
});
