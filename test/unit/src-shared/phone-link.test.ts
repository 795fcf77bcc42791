import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxLinkLength, parsePhoneLink, type PhoneLinkProblem } from '../../../src-shared/customers/phone-link';

describe('telephone links that are understood', () => {
  it.each([
    // RFC 3966 section 6
    ['tel:+1-201-555-0123', '+12015550123'],
    ['tel:7042;phone-context=example.com', '7042'],
    ['tel:863-1234;phone-context=+1-914-555', '8631234'],
    ['TEL:+33%201%2045%2055%2001%2042', '+33145550142'],
    ['tel:%2B33145550142', '+33145550142'],
    ['tel:+33.1.45.55.01.42', '+33145550142'],
    ['tel:(514)%20555-0142', '5145550142'],
    ['tel://+33145550142', '+33145550142'],
    ['tel:030/123456', '030123456'],
    ['tel:*43', '*43'],
    ['tel:%2343%23', '#43#'],
    ['callto:+33145550142', '+33145550142'],
    ['callto://1002', '1002'],
    ['sip:1002', '1002'],
    ['sip:1002@pbx.example.com', '1002'],
    ['sip:+1-212-555-1212@gateway.example;user=phone', '+12125551212'],
    ['sips:1002@[2001:db8::1]:5061;transport=tls', '1002'],
    [' tel:1002 ', '1002'],
  ])('%s calls %s', (raw, number) => {
    expect(parsePhoneLink(raw)).toMatchObject({ ok: true, link: { number } });
  });

  it('keeps the extension for the person to key in (RFC 3966 section 5.3)', () => {
    expect(parsePhoneLink('tel:+1-212-555-1212;ext=12-34')).toEqual({
      ok: true,
      link: { number: '+12125551212', extension: '1234', host: null },
    });
  });

  it('tells which host a sip link named', () => {
    expect(parsePhoneLink('sip:1002@PBX.Example.com:5060')).toMatchObject({ link: { host: 'pbx.example.com:5060' } });
  });
});

const refused: readonly [string, PhoneLinkProblem][] = [
  [`tel:${'1'.repeat(10_000)}`, 'too-long'],
  [`tel:${'1'.repeat(33)}`, 'not-a-number'],
  ['tel:1002\n', 'control-characters'],
  ['tel:10\r\n02', 'control-characters'],
  ['tel:1002\0', 'control-characters'],
  ['tel:\u202e2001', 'control-characters'],
  ['tel:1\u200b002', 'control-characters'],
  ['tel:1002%0A', 'not-a-number'],
  ['tel:1002%00', 'not-a-number'],
  ['tel:1002%250a', 'not-a-number'],
  ['tel:1002%', 'not-a-number'],
  ['tel:%ff%fe', 'not-a-number'],
  ['tel:', 'not-a-number'],
  ['tel:;ext=1', 'not-a-number'],
  ['tel:bob', 'not-a-number'],
  ['tel:1-800-FLOWERS', 'not-a-number'],
  ['tel:١٠٠٢', 'not-a-number'],
  ['tel:\uff11002', 'not-a-number'],
  ['tel:++1002', 'not-a-number'],
  ['tel:1002@evil.example', 'not-a-number'],
  ['tel:1002,1003', 'several-targets'],
  ['tel:1002?body=x', 'headers'],
  ['tel:1002;m-evil=1', 'parameters'],
  ['tel:1002;ext=abc', 'parameters'],
  ['tel:1002;ext=1;ext=2', 'parameters'],
  ['tel:1002;;', 'parameters'],
  ['callto:alice;bob', 'not-a-number'],
  ['callto:1002;1003', 'several-targets'],
  ['callto:1002;+331', 'several-targets'],
  ['sip:1002@pbx.example?Replaces=abc%3Bto-tag%3D1', 'headers'],
  ['sip:1002@pbx.example;method=REFER', 'parameters'],
  ['sip:1002@pbx.example;maddr=10.0.0.1', 'parameters'],
  ['sip:1002@pbx.example;lr', 'parameters'],
  ['sip:1002:secret@pbx.example', 'password'],
  ['sip:1002@a.example,sip:1003@b.example', 'several-targets'],
  ['sip:1002@a@b', 'several-targets'],
  ['sip:1002,1003@a', 'several-targets'],
  ['sip:1002%40evil@pbx.example', 'not-a-number'],
  ['sip:1002%3FReplaces%3Dx@pbx.example', 'not-a-number'],
  ['sip:1002@', 'not-a-number'],
  ['sip:1002@host name', 'not-a-number'],
  ['sip:@pbx.example', 'not-a-number'],
  ['sip:<script>@pbx.example', 'not-a-number'],
  ['sip:sip:1002@pbx.example', 'password'],
  ['javascript:alert(1)', 'unknown-scheme'],
  ['file:///etc/passwd', 'unknown-scheme'],
  ['--inspect', 'unknown-scheme'],
  ['1002', 'unknown-scheme'],
  ['', 'unknown-scheme'],
  ['tel', 'unknown-scheme'],
];

describe('telephone links that are refused', () => {
  it.each(refused)('%j: %s', (raw, problem) => {
    expect(parsePhoneLink(raw)).toEqual({ ok: false, problem });
  });
});

describe('every telephone link', () => {
  const dialable = /^\+?[0-9*#]{1,32}$/;
  const hostile = fc.string({ unit: 'binary', maxLength: 600 });

  it('gives a number of plain digits or nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom('tel:', 'sip:', 'callto:', 'sips:', ''), hostile, (scheme, rest) => {
        const parsed = parsePhoneLink(scheme + rest);
        if (!parsed.ok) return;
        expect(parsed.link.number).toMatch(dialable);
        expect(parsed.link.extension ?? '0').toMatch(/^[0-9*#]{1,16}$/);
        expect(parsed.link.host ?? 'a').toMatch(/^[a-z\d.:[\]-]+$/);
      }),
    );
  });

  it('is understood again whatever separators and encoding a page puts into it', () => {
    const digits = fc.stringMatching(/^\+?[0-9]{1,20}$/);
    const separator = fc.constantFrom('', '-', '.', ' ', '(', ')', '%20', '%2D');
    fc.assert(
      fc.property(digits, fc.array(separator, { minLength: 21, maxLength: 21 }), (number, separators) => {
        const written = Array.from(number, (digit, index) => digit + (separators[index] ?? '')).join('');
        expect(parsePhoneLink(`tel:${written}`)).toMatchObject({ ok: true, link: { number } });
      }),
    );
  });

  it('takes no time to refuse, however it is built', () => {
    for (const evil of ['('.repeat(maxLinkLength - 4), ';ext='.repeat(100), '%2'.repeat(250), `${'a.'.repeat(250)}@`]) {
      const before = performance.now();
      parsePhoneLink(`sip:1@${evil}`);
      parsePhoneLink(`tel:${evil}`);
      expect(performance.now() - before).toBeLessThan(200);
    }
  });
});
