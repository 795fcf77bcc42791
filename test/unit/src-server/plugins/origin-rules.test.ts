import { describe, expect, it } from 'vitest';
import { isHostAllowed, isLoopbackHost, isOriginAllowed } from '../../../../src-server/plugins/origin-rules';

describe('an Origin', () => {
  it.each([undefined, 'null', 'app://agent', 'app://phone-engine'])('%s is one of us', origin => {
    expect(isOriginAllowed(origin === undefined ? {} : { origin })).toBe(true);
  });
  it.each([
    'https://evil.example',
    'http://localhost:5173',
    'app://x@evil.example',
    'app://',
    'app://agent.evil',
    'file://',
    '',
    'APP://agent/x',
  ])('%s is not', origin => {
    expect(isOriginAllowed({ origin })).toBe(false);
  });
});

describe('a Host', () => {
  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.3.2.1:8090', '[::1]', '[::1]:8090'])(
    '%s is this machine',
    host => {
      expect(isHostAllowed({ host }, true)).toBe(true);
    },
  );
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '',
    'localhost:80:80',
    'localhost\u0000',
  ])('"%s" is not', host => {
    expect(isHostAllowed({ host }, true)).toBe(false);
  });
  it('may be any plain name on a server for others', () => {
    expect(isHostAllowed({ host: 'phone.example.com:8443' }, false)).toBe(true);
    expect(isHostAllowed({ host: 'phone.example.com/x"><' }, false)).toBe(false);
    expect(isHostAllowed({}, false)).toBe(false);
  });
});

describe('an address to listen on', () => {
  it.each(['127.0.0.1', 'localhost', '::1', '127.9.9.9'])('%s stays on this machine', host =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(['0.0.0.0', '::', '192.168.1.5', 'phone.example.com', ''])('"%s" does not', host =>
    expect(isLoopbackHost(host)).toBe(false),
  );
});
