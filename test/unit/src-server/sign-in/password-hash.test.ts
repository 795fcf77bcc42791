import { describe, expect, it } from 'vitest';
import { defaultPasswordCost, hashPassword, isPasswordRight } from '../../../../src-server/sign-in/password-hash';

const cheap = { N: 1024, r: 8, p: 1 };

describe('a password hash', () => {
  it('knows its password and no other', async () => {
    const hash = await hashPassword('demo-1001', cheap);
    expect(await isPasswordRight('demo-1001', hash)).toBe(true);
    for (const wrong of ['demo-1002', '', 'DEMO-1001', 'demo-1001 '])
      expect(await isPasswordRight(wrong, hash)).toBe(false);
  });

  it('has its own salt each time and does not hold the password', async () => {
    const hashes = await Promise.all([hashPassword('secret', cheap), hashPassword('secret', cheap)]);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(hashes.join()).not.toContain('secret');
  });

  it('keeps its cost, so that the default may change', async () => {
    const hash = await hashPassword('x', { N: 2048, r: 8, p: 2 });
    expect(hash).toMatch(/^scrypt\$2048\$8\$2\$/);
    expect(await isPasswordRight('x', hash)).toBe(true);
  });

  it('takes a password however the keyboard composed it', async () => {
    expect(await isPasswordRight('cafe\u0301', await hashPassword('caf\u00e9', cheap))).toBe(true);
  });

  it('costs what OWASP asks of scrypt with 32 MiB or more', async () => {
    expect(128 * defaultPasswordCost.N * defaultPasswordCost.r).toBeGreaterThanOrEqual(32 * 1024 * 1024);
    expect(await isPasswordRight('x', await hashPassword('x'))).toBe(true);
  });

  it('does not guess at a hash of another kind', async () => {
    await expect(isPasswordRight('x', 'md5$abc')).rejects.toThrow('unknown password hash');
  });
});
