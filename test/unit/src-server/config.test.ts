import { describe, expect, it } from 'vitest';
import { databaseUrlIn, readConfig } from '../../../src-server/config';

describe('the command line', () => {
  it('listens on this machine alone unless told otherwise', () => {
    expect(readConfig([])).toMatchObject({
      kind: 'run',
      config: { host: '127.0.0.1', port: 8090, demo: false, 'no-schedule': false },
    });
  });

  it('takes what the demonstration needs', () => {
    const args = ['--demo', '--no-schedule', '--demo-key', 'suite', '--data', '/somewhere', '--port', '0'];
    expect(readConfig(args)).toMatchObject({
      kind: 'run',
      config: { demo: true, 'no-schedule': true, 'demo-key': 'suite', data: '/somewhere', port: 0 },
    });
  });

  it('knows how many lines there are outside when it is told', () => {
    expect(readConfig(['--channels', '30'])).toMatchObject({ kind: 'run', config: { channels: 30 } });
    for (const wrong of ['0', '-1', '2.5', 'many']) expect(readConfig([`--channels=${wrong}`]).kind).toBe('wrong');
  });

  it('takes a database of PostgreSQL from the environment, and repeats nothing of it', () => {
    expect(databaseUrlIn({})).toBeNull();
    expect(databaseUrlIn({ DATABASE_URL: '' })).toBeNull();
    expect(databaseUrlIn({ DATABASE_URL: 'postgresql://a:b@c/d' })).toBe('postgresql://a:b@c/d');
    for (const url of ['mysql://a:secret@c/d', 'softphone secret'])
      expect(() => databaseUrlIn({ DATABASE_URL: url })).toThrow(/^DATABASE_URL must begin with postgres:(?!.*secret)/);
  });

  it('asks for help', () => {
    expect(readConfig(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
  });

  it('does not let passwords travel in clear by accident', () => {
    expect(readConfig(['--host', '0.0.0.0'])).toMatchObject({
      kind: 'wrong',
      problem: expect.stringContaining('in clear'),
    });
    expect(readConfig(['--host', '0.0.0.0', '--allow-plain-http']).kind).toBe('run');
    expect(readConfig(['--host', '0.0.0.0', '--tls-cert', 'a', '--tls-key', 'b']).kind).toBe('run');
  });

  it.each(['/sip', 'wss://phones.example/ws'])('takes %s as where phones find a real PBX', address => {
    const args = ['--engine', 'asterisk', '--asterisk', '/somewhere', '--sip-url', address];
    expect(readConfig(args)).toMatchObject({ kind: 'run', config: { 'sip-url': address } });
  });

  it.each([
    [['--tls-cert', 'a'], 'belong together'],
    [['--demo-key', 'x'], 'needs --demo'],
    [['--port', '70000'], '--port'],
    [['--port', 'x'], '--port'],
    [['--public-url', 'ftp://x'], '--public-url'],
    [['--log', 'loud'], '--log'],
    [['--sip-url', '/sip'], 'needs --engine asterisk'],
    [['--engine', 'asterisk', '--asterisk', 'a', '--sip-url', 'https://x'], '--sip-url'],
    [['--engine', 'asterisk', '--asterisk', 'a', '--sip-url', '//other.example/sip'], '--sip-url'],
    [['--unknown'], '--unknown'],
    [['stray'], 'stray'],
  ])('refuses %j and says why', (args, problem) => {
    expect(readConfig(args)).toMatchObject({ kind: 'wrong', problem: expect.stringContaining(problem) });
  });
});
