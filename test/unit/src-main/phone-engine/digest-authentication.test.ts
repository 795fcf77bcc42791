import { describe, expect, it } from 'vitest';
import { DigestAuthentication } from '../../../../src-main/phone-engine/jssip/digest-authentication';

// RFC 7616 section 3.9.1
const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const challenge = {
  realm: 'http-auth@example.org',
  nonce,
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  qop: ['auth', 'auth-int'],
};
const request = { method: 'GET', ruri: '/dir/index.html' };
const mufasa = { username: 'Mufasa', password: 'Circle of Life' };

describe('digest authentication', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('gives the response published for %s', (algorithm, response) => {
    const digest = new DigestAuthentication(mufasa);
    expect(digest.authenticate(request, { ...challenge, algorithm }, cnonce)).toBe(true);
    expect(digest.toString()).toContain(`response="${response}"`);
    expect(digest.toString()).toContain(`algorithm=${algorithm}`);
    expect(digest.toString()).toContain('nc=00000001');
    expect(digest.toString()).toContain('qop=auth,');
  });

  it('gives the SHA-512-256 response', () => {
    // The example of RFC 7616 section 3.9.2, computed with FIPS 180-4 SHA-512/256 (the RFC prints a truncated SHA-512: erratum 4897).
    const digest = new DigestAuthentication({ username: 'J\u00e4s\u00f8n Doe', password: 'Secret, or not?' });
    const asked = {
      realm: 'api@example.org',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      opaque: 'HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS',
      qop: ['auth'],
      algorithm: 'SHA-512-256',
    };
    expect(digest.authenticate({ method: 'GET', ruri: '/doe.json' }, asked, 'NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm')).toBe(
      true,
    );
    expect(digest.toString()).toContain('response="7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c"');
  });

  it('counts requests per nonce', () => {
    const digest = new DigestAuthentication(mufasa);
    digest.authenticate(request, { ...challenge, algorithm: 'SHA-256' });
    digest.authenticate(request, { ...challenge, algorithm: 'SHA-256' });
    expect(digest.toString()).toContain('nc=00000002');
    digest.authenticate(request, { ...challenge, algorithm: 'SHA-256', nonce: 'another' });
    expect(digest.toString()).toContain('nc=00000001');
  });

  it('refuses unknown algorithms, auth-int alone and challenges without nonce', () => {
    const digest = new DigestAuthentication(mufasa);
    expect(digest.authenticate(request, { ...challenge, algorithm: 'SHA-1' })).toBe(false);
    expect(digest.authenticate(request, { ...challenge, algorithm: 'MD5-SESS' })).toBe(false);
    expect(digest.authenticate(request, { ...challenge, algorithm: 'SHA-256', qop: ['auth-int'] })).toBe(false);
    expect(digest.authenticate(request, { algorithm: 'SHA-256', realm: 'r' })).toBe(false);
    expect(() => digest.toString()).toThrow('authenticate()');
  });

  it('escapes the user name and echoes what the server quoted as it came', () => {
    const digest = new DigestAuthentication({ username: 'a"b', password: 'p' });
    digest.authenticate(request, { realm: 'c\\"d', nonce: 'n', algorithm: 'SHA-256' });
    expect(digest.toString()).toContain('username="a\\"b"');
    expect(digest.toString()).toContain('realm="c\\"d"');
  });
});
