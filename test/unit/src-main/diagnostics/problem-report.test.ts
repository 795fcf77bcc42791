import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemReport, type ReportFacts } from '../../../../src-main/diagnostics/problem-report';
import { redact, redactLog, type KnownSecrets } from '../../../../src-main/diagnostics/redact';
import { noAudioDevices } from '../../../../src-shared/audio/audio-device';
import { defaultSettings } from '../../../../src-shared/settings/settings';
import { aCall } from '../../../builders/a-call';

const nobody: KnownSecrets = { names: [], numbers: [], identifiers: [], hosts: [] };

describe('redaction by looks', () => {
  it.each([
    ['dialled +33 1 45 55 01 42 twice', '45'],
    ['dialled (514) 555-0142', '555'],
    ['number 5145550142.', '5145550142'],
    ['inbound …142 ringing', '142'],
    ['call *43 dialing', '43'],
    ['signed in as extension 1001', '1001'],
    ['mail to maya.l@northwind.example now', 'maya'],
    ['From: "Étienne Beaulieu" <sip:1007@10.0.0.7>;tag=x', 'Beaulieu'],
    ['sip:1007@centre.example refused', '1007'],
    ['wss://phone.northwind.example:8443/sip closed', 'northwind'],
    ['connect ECONNREFUSED 192.168.4.17:5060', '192.168'],
    ['connect ECONNREFUSED 2001:db8:85a3::8a2e:370:7334', '8a2e'],
    ['Authorization: Bearer abc.def.ghi', 'abc'],
    ['Authorization: Digest username="1001", response="6629fae49393a05397450978507c4ef1"', '6629fae4'],
    ['{"refreshToken":"s3cr3t-refresh"}', 's3cr3t'],
    ['password = hunter2', 'hunter2'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def', 'eyJ'],
    ['nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"', 'dcd98b'],
    ['key q83vEjRWeJq83vEjRWeJq83vEjRWeJ+/Aa1=', 'q83vEj'],
    ['ENOENT /home/maya/.config/AgentSoftphone/settings.json', 'maya'],
    ['ENOENT C:\\Users\\maya\\AppData', 'maya'],
    ['-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----', 'MIIabc'],
  ])('%j loses %s', (text, secret) => {
    expect(redact(text, nobody)).not.toContain(secret);
  });

  it('keeps what support needs: times, codes, ids, states', () => {
    const line =
      'call d7414312-9c2a-4fec-92bf-c20b5f541497 ringing → ended after 1234 ms, SIP 486, attempt 3, Electron 33.2.1';
    expect(redact(line, nobody)).toBe(line);
  });
});

describe('redaction of what is known', () => {
  const known: KnownSecrets = {
    names: ['Étienne Beaulieu', 'Beaulieu', 'Northwind Travel'],
    numbers: ['1001'],
    identifiers: ['maya.lindqvist', 'a1'],
    hosts: ['phone.northwind.example'],
  };
  it.each([
    ['ÉTIENNE   BEAULIEU called', /tienne|beaulieu/i],
    ['caller E\u0301tienne Beaulieu', /tienne/i],
    ['call of beaulieu', /beaulieu/i],
    ['agent a1 is 1001', /a1|1001/],
    ['maya.lindqvist is here', /maya|lindqvist/],
    ['to phone.northwind.example', /northwind/],
  ])('%j', (text, secret) => {
    expect(redact(text, known)).not.toMatch(secret);
  });

  it('does not touch parts of other words', () => {
    expect(redact('a10 stays, so does state21001', known)).toBe('a10 stays, so does state21001');
  });

  it('holds for names with any characters', () => {
    const name = fc.string({ minLength: 3, maxLength: 30 }).filter(text => /^[\p{L}\p{N}].*[\p{L}\p{N}]$/su.test(text));
    fc.assert(
      fc.property(name, planted => {
        const clean = redact(`:: ${planted} ::`, { ...nobody, names: [planted] });
        expect(clean).toBe(':: <name> ::');
      }),
    );
  });
});

describe('the log in a report', () => {
  it('keeps stamps and drops SIP messages with all their lines', () => {
    const log = [
      '[2026-11-21 22:03:05.207] [info]  (sign-in)     signed in at http://127.0.0.1:42649 as extension 1001',
      '[2026-11-21 22:03:05.300] [debug] (engine)      INVITE sip:1007@centre SIP/2.0',
      'From: "Étienne Beaulieu" <sip:1007@centre>',
      '[2026-11-21 22:03:05.310] [warn]  (line)        line lost',
      '    at somewhere (file.js:1:2)',
    ].join('\n');
    expect(redactLog(log, nobody)).toBe(
      [
        '[2026-11-21 22:03:05.207] [info]  (sign-in)     signed in at http://<host> as extension <number>',
        '[2026-11-21 22:03:05.310] [warn]  (line)        line lost',
        '    at somewhere (file.js:1:2)',
      ].join('\n'),
    );
  });
});

/** Everything about people that the program holds, with words that stand nowhere else. */
const facts: ReportFacts = {
  at: new Date(Date.UTC(2026, 10, 21, 9)),
  versions: { program: '0.1.0', electron: '45.4.1' },
  agent: {
    id: 'agentid-plant',
    identifier: 'identifier.plant',
    displayName: 'Displayname Plant-Familyname',
    role: 'agent',
    extension: '7391',
    extensionKind: 'web',
    account: { company: 'Companyplant', accountNumber: '40021877', billingNumber: '+15145550100' },
    queues: [],
  },
  settings: {
    ...defaultSettings,
    serverUrl: 'https://serverplant.example:8443',
    rememberedIdentifier: 'rememberedplant',
    microphoneId: 'microphoneplant',
    trustedCertificates: { 'trustplant.example:443': Array.from({ length: 32 }, () => 'AB').join(':') },
  },
  lineState: 'registered',
  server: 'online',
  audio: { ...noAudioDevices, devices: [{ id: 'deviceidplant', label: 'Deviceplant of Maya', kind: 'microphone' }] },
  calls: [aCall({ remote: { number: '+15145550142', name: 'Callerplant Surnameplant' } })],
  recent: [],
  computer: { host: 'hostplant', account: 'accountplant' },
  log: [
    '[2026-11-21 22:03:05.207] [info]  (a)  identifier.plant Familyname 7391 Companyplant 40021877 +15145550100',
    '[2026-11-21 22:03:05.208] [warn]  (b)  serverplant.example rememberedplant hostplant accountplant Surnameplant',
    '[2026-11-21 22:03:05.209] [error] (c)  agentid-plant +15145550142 trustplant.example:443',
  ].join('\n'),
};

describe('the report', () => {
  const text = problemReport(facts);
  it('has nothing of the person, the callers or the computer in it', () => {
    expect(text).not.toMatch(/plant|familyname|7391|40021877|5145550/i);
  });

  it('still says what happened', () => {
    expect(text).toContain('program: 0.1.0');
    expect(text).toContain('line: registered');
    expect(text).toContain('microphones: 1');
    expect(text).toContain('[2026-11-21 22:03:05.209] [error]');
    expect(text).toContain('trusted certificates: 1');
  });
});
