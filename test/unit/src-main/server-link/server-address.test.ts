import { describe, expect, it } from 'vitest';
import { hostAndPort, parseServerAddress, webSocketAddress } from '../../../../src-main/server-link/server-address';

describe('server address', () => {
  it.each([
    ['phone.example.com', 'https://phone.example.com'],
    [' https://phone.example.com/path?x ', 'https://phone.example.com'],
    ['phone.example.com:8443', 'https://phone.example.com:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('reads %j as %s', (typed, origin) => expect(parseServerAddress(typed)).toBe(origin));

  it.each([
    '',
    '   ',
    'http://phone.example.com',
    'http://127.evil.example',
    'ftp://x',
    'file:///etc/passwd',
    'https://a:b@c',
    'not a host',
    'https://',
    'javascript://x',
  ])('refuses %j', typed =>
    expect(() => parseServerAddress(typed)).toThrow(expect.objectContaining({ code: 'server/bad-address' })),
  );

  it('knows the port even when it is not written', () => {
    expect(hostAndPort('https://a.example')).toBe('a.example:443');
    expect(hostAndPort('http://127.0.0.1:8080')).toBe('127.0.0.1:8080');
  });

  it('keeps the live connection on the same host and as encrypted as the rest', () => {
    expect(webSocketAddress('https://a.example', '/api/live')).toBe('wss://a.example/api/live');
    expect(webSocketAddress('http://127.0.0.1:8080', '/api/live')).toBe('ws://127.0.0.1:8080/api/live');
    expect(webSocketAddress('https://a.example', 'wss://a.example/api/live')).toBe('wss://a.example/api/live');
    expect(() => webSocketAddress('https://a.example', 'ws://a.example/api/live')).toThrow('another host');
    expect(() => webSocketAddress('https://a.example', 'wss://b.example/api/live')).toThrow('another host');
  });
});
