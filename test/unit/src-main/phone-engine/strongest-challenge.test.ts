import { describe, expect, it } from 'vitest';
import { keepStrongestChallenge } from '../../../../src-main/phone-engine/jssip/strongest-challenge';

const unauthorized = (...challenges: string[]): string =>
  ['SIP/2.0 401 Unauthorized', 'Via: SIP/2.0/WSS a;branch=b', ...challenges, 'Content-Length: 0', '', ''].join('\r\n');
const offer = (algorithm: string | null): string =>
  `WWW-Authenticate: Digest realm="centre",${algorithm === null ? '' : ` algorithm=${algorithm},`} nonce="n-${algorithm}", qop="auth"`;
const offered = (frame: string): string[] => [...frame.matchAll(/nonce="n-([^"]+)"/g)].map(match => match[1] ?? '');

describe('keepStrongestChallenge', () => {
  it.each([
    ['one strong', ['SHA-256'], false, ['SHA-256']],
    ['strongest first', ['SHA-512-256', 'SHA-256', 'MD5'], true, ['SHA-512-256']],
    ['strongest last', ['MD5', 'SHA-256'], true, ['SHA-256']],
    ['only MD5, allowed', ['MD5'], true, ['MD5']],
    ['only MD5, forbidden', ['MD5'], false, []],
    ['unknown beside MD5', ['SHA-999', 'MD5'], true, ['MD5']],
    ['only unknown', ['SHA-999'], true, []],
    ['lower case', ['sha-256', 'MD5'], true, ['sha-256']],
  ])('%s', (_, challenges, allowMd5, kept) => {
    expect(offered(keepStrongestChallenge(unauthorized(...challenges.map(offer)), allowMd5, null).frame)).toEqual(kept);
  });

  it('reads a missing algorithm as MD5', () => {
    expect(offered(keepStrongestChallenge(unauthorized(offer(null)), true, null).frame)).toEqual(['null']);
    expect(offered(keepStrongestChallenge(unauthorized(offer(null)), false, null).frame)).toEqual([]);
  });

  it('never goes back to MD5 after something stronger', () => {
    const first = keepStrongestChallenge(unauthorized(offer('SHA-256')), true, null);
    expect(first.strongestSeen).toBe('SHA-256');
    expect(offered(keepStrongestChallenge(unauthorized(offer('MD5')), true, first.strongestSeen).frame)).toEqual([]);
  });

  it('is not fooled by an algorithm inside a realm, nor by folded lines', () => {
    const forged = 'WWW-Authenticate: Digest realm="x, algorithm=SHA-512-256", nonce="n-forged"';
    expect(offered(keepStrongestChallenge(unauthorized(forged), false, null).frame)).toEqual([]);
    const folded = 'WWW-Authenticate: Digest realm="centre",\r\n algorithm=SHA-256, nonce="n-folded"';
    expect(offered(keepStrongestChallenge(unauthorized(folded, offer('MD5')), true, null).frame)).toEqual(['folded']);
  });

  it('leaves everything else alone, byte for byte', () => {
    const ok = 'SIP/2.0 200 OK\r\nWWW-Authenticate: Digest realm="x"\r\n\r\nbody';
    expect(keepStrongestChallenge(ok, false, null).frame).toBe(ok);
    const proxy = unauthorized(offer('SHA-256')).replace('401', '407').replace('WWW-', 'Proxy-');
    expect(keepStrongestChallenge(proxy, false, null).frame).toBe(proxy);
  });
});
