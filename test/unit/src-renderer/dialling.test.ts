import { describe, expect, it } from 'vitest';
import { cleanPasted, problemWhileTyping } from '../../../src-renderer/phone/dialling/dial-entry';
import { dialledNumbers, stepThroughHistory } from '../../../src-renderer/phone/dialling/dial-history';
import { countryOf, formatPhoneNumber, formatWhileTyping } from '../../../src-renderer/text/format-phone-number';
import { aShownCall } from './a-shown-call';

describe('dial entry', () => {
  it.each([
    ['', null],
    ['+', null],
    ['(514) 555-0142', null],
    ['*98', null],
    ['call bob', 'dial/not-a-number'],
    ['5145x', 'dial/not-a-number'],
    ['1'.repeat(33), 'dial/too-long'],
  ])('says of %j: %s', (typed, problem) => {
    expect(problemWhileTyping(typed)).toBe(problem);
  });

  it.each([
    ['tel:+1-514-555-0142', '+15145550142'],
    ['sip:1007@centre.local;user=phone', '1007'],
    ['\u202a(514)\u00a0555‑0142\u202c', '5145550142'],
    ['  1007\n', '1007'],
    ['ask for Bob', 'ask for Bob'],
  ])('pastes %j as %j', (text, expected) => {
    expect(cleanPasted(text)).toBe(expected);
  });
});

describe('dial history', () => {
  const recent = (remoteNumber: string, startedAt: number, direction: 'inbound' | 'outbound' = 'outbound') => ({
    callId: `${remoteNumber}-${startedAt}`,
    direction,
    remoteNumber,
    remoteName: null,
    queueName: null,
    startedAt,
    answeredAt: null,
    endedAt: startedAt + 1,
    endCause: null,
    missedCause: null,
    hasRecording: false,
  });

  it('lists what was dialled, newest first, each once, never what came in or has hidden digits', () => {
    const onScreen = aShownCall({ direction: 'outbound', remote: { number: '1002', name: null }, startedAt: 50 });
    expect(
      dialledNumbers(
        [onScreen, aShownCall({})],
        [
          recent('1001', 40),
          recent('1009', 45, 'inbound'),
          recent('1002', 30),
          recent('+3319900••••', 25),
          recent('1003', 20),
        ],
      ),
    ).toEqual(['1002', '1001', '1003']);
  });

  it('stops at both ends', () => {
    expect([
      stepThroughHistory(-1, 'older', 2),
      stepThroughHistory(1, 'older', 2),
      stepThroughHistory(0, 'newer', 2),
      stepThroughHistory(-1, 'newer', 2),
      stepThroughHistory(-1, 'older', 0),
    ]).toEqual([0, 1, -1, -1, -1]);
  });
});

describe('number formats', () => {
  it('takes the country of the company before that of the computer', () => {
    expect([countryOf('+33142685300', 'en-US'), countryOf(undefined, 'fr-CA'), countryOf('40021877', 'en')]).toEqual([
      'FR',
      'CA',
      undefined,
    ]);
  });

  it.each([
    ['+15145550142', 'CA', '(514) 555-0142'],
    ['+33142685300', 'CA', '+33 1 42 68 53 00'],
    ['+33142685300', 'FR', '01 42 68 53 00'],
    ['1007', 'CA', '1007'],
    ['*98', 'CA', '*98'],
    ['anonymous', 'CA', 'anonymous'],
    ['+151455501••', 'CA', '+151455501••'],
  ] as const)('shows %s in %s as %s', (number, country, expected) => {
    expect(formatPhoneNumber(number, country)).toBe(expected);
  });

  it.each([
    ['1007', '1007'],
    ['5145550142', '(514) 555-0142'],
    ['(514) 555-01', '(514) 555-01'],
    ['*98', '*98'],
    ['call bob', 'call bob'],
  ])('groups %j while typing as %j', (typed, expected) => {
    expect(formatWhileTyping(typed, 'CA')).toBe(expected);
  });

  it('never loses or invents a digit while typing', () => {
    for (const digits of ['0', '011331426853001', '+4420794601234567', '0000000000000000'])
      for (let length = 1; length <= digits.length; length += 1) {
        const typed = digits.slice(0, length);
        expect(formatWhileTyping(typed, 'CA').replace(/[^\d+]/g, '')).toBe(typed);
      }
  });
});
