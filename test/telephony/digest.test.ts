import { expect, test } from 'vitest';
import {
  DigestVerifier,
  digestIdentity,
  digestResponse,
  parseDigest,
} from '../../src-server/telephony/embedded/registrar/digest';

const rfc7616 = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  secret: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nonceCount: '00000001',
  clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const)('the %s example of RFC 7616 section 3.9.1', (algorithm, response) => {
  expect(digestResponse({ algorithm, ...rfc7616 })).toBe(response);
});

test('quoted and plain parameters are read, anything else is no digest', () => {
  const parameters = parseDigest('Digest username="a \\"b\\"", NC=00000001,qop = auth , uri="sip:x;y=1,2"');
  expect(Object.fromEntries(parameters ?? [])).toEqual({
    username: 'a \\"b\\"',
    nc: '00000001',
    qop: 'auth',
    uri: 'sip:x;y=1,2',
  });
  expect(parseDigest('Basic YTpi')).toBeNull();
});

test('only a fresh answer with the right secret passes', () => {
  const verifier = new DigestVerifier(
    'r',
    ['SHA-256'],
    user =>
      user === '1001'
        ? { 'SHA-256': digestIdentity({ algorithm: 'SHA-256', username: user, realm: 'r', secret: 'secret' }) }
        : null,
    () => 1000,
  );
  const nonce = /nonce="([^"]+)"/.exec(verifier.challenge(false, '1001')[0] ?? '')?.[1] ?? '';
  const answer = (
    over: Partial<Record<'username' | 'secret' | 'realm' | 'nonce' | 'nc' | 'qop', string>> = {},
  ): string => {
    const { username = '1001', secret = 'secret', realm = 'r', nc = '00000001', qop = 'auth' } = over;
    const used = over.nonce ?? nonce;
    const response = digestResponse({
      algorithm: 'SHA-256',
      username,
      realm,
      secret,
      method: 'REGISTER',
      uri: 'sip:r',
      nonce: used,
      nonceCount: nc,
      clientNonce: 'c',
    });
    return `Digest username="${username}", realm="${realm}", nonce="${used}", uri="sip:r", algorithm=SHA-256, qop=${qop}, nc=${nc}, cnonce="c", response="${response}"`;
  };
  const refused = { isValid: false, isStale: false };
  expect(verifier.verify(undefined, 'REGISTER')).toEqual(refused);
  expect(verifier.verify(answer({ secret: 'other' }), 'REGISTER')).toEqual(refused);
  expect(verifier.verify(answer({ username: '1002' }), 'REGISTER')).toEqual(refused);
  expect(verifier.verify(answer({ realm: 'x' }), 'REGISTER')).toEqual(refused);
  expect(verifier.verify(answer({ qop: 'auth-int' }), 'REGISTER')).toEqual(refused);
  expect(verifier.verify(answer(), 'INVITE')).toEqual(refused);
  expect(verifier.verify(answer({ nonce: `${nonce}x` }), 'REGISTER')).toEqual({ isValid: false, isStale: true });
  expect(verifier.verify(answer({ nc: 'zz' }), 'REGISTER')).toEqual({ isValid: false, isStale: true });
  expect(verifier.verify(answer(), 'REGISTER')).toEqual({ isValid: true, username: '1001' });
  expect(verifier.verify(answer(), 'REGISTER')).toEqual({ isValid: false, isStale: true });
  expect(verifier.verify(answer({ nc: '00000002' }), 'REGISTER')).toEqual({ isValid: true, username: '1001' });
});
