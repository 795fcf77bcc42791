import { describe, expect, it } from 'vitest';
import { passwordProblem } from '../../../../src-shared/sign-in/password-rules';

describe('a new password', () => {
  it.each([
    ['ninechars', 'too-short'],
    ['aaaaaaaaaaaaaaaa', 'too-plain'],
    ['ababababababab', 'too-plain'],
    ['my-Alice.Martin-1', 'has-name'],
    ['x'.repeat(2000) + 'yzab', 'too-long'],
    ['correct horse battery', null],
    ['日本語のながいパスワード', null],
  ])('%.24s: %s', (password, problem) => {
    expect(passwordProblem(password, ['alice.martin', '1'])).toBe(problem);
  });
});
