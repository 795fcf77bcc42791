import { describe, expect, it } from 'vitest';
import { frameProblem } from '../../../../src-main/phone-engine/jssip/frame-limits';

const frame = (headers: string, body = ''): string => `INVITE sip:1001@centre SIP/2.0\r\n${headers}\r\n\r\n${body}`;

describe('frameProblem', () => {
  it('accepts what phones and servers really send', () => {
    expect(
      frameProblem(frame(`Via: SIP/2.0/WSS a;branch=b\r\n${'X-Note: something\r\n'.repeat(30)}To: <sip:1001@centre>`)),
    ).toBeNull();
    expect(
      frameProblem(frame('To: <sip:1001@centre>', 'a=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\n'.repeat(1_000))),
    ).toBeNull();
    expect(frameProblem('\r\n')).toBeNull();
  });

  it.each([
    ['too many bytes', frame('To: a', 'x'.repeat(65_536)), 'bytes'],
    ['too many bytes in few characters', frame('To: a', '€'.repeat(22_000)), 'bytes'],
    ['one long header', frame(`From: "${'\\"'.repeat(3_000)}" <sip:a@b>`), 'a header of'],
    ['one long header, folded', frame(`X-A: b${'\r\n c'.repeat(2_000)}`), 'a header of'],
    ['many headers', frame('X-A: b\r\n'.repeat(500)), 'headers'],
    ['long head', frame(`X-A: ${'b'.repeat(2_900)}\r\n`.repeat(6)), 'headers of'],
    ['no end of the head', 'x'.repeat(20_000), 'headers of'],
  ])('refuses %s', (_, text, problem) => {
    expect(frameProblem(text)).toContain(problem);
  });
});
