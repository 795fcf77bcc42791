import { describe, expect, it } from 'vitest';
import { initialsOf, qaTotal } from '../../../../src-shared/recordings/recording';
import { recordingFileName } from '../../../../src-shared/recordings/recording-file-name';

describe('the total of a score', () => {
  const criteria = [
    { id: 'a', points: 10 },
    { id: 'b', points: 30 },
  ];
  it('is the share of the points that can be given', () => {
    expect(qaTotal({ a: 10, b: 30 }, criteria)).toBe(100);
    expect(qaTotal({ a: 0, b: 0 }, criteria)).toBe(0);
    expect(qaTotal({ a: 5, b: 20 }, criteria)).toBe(63);
  });
  it.each([{}, { a: 10 }, { a: 10, b: 31 }, { a: -1, b: 1 }, { a: 1.5, b: 1 }, { a: 1, b: 1, c: 1 }, { a: 1, c: 1 }])(
    'is none for %j',
    points => {
      expect(qaTotal(points as Record<string, number>, criteria)).toBeNull();
    },
  );
  it('is none without criteria', () => expect(qaTotal({}, [])).toBeNull());
});

describe('initials', () => {
  it.each([
    ['Alice Martin', 'AM'],
    ['Liam O’Brien', 'LO'],
    ['Jean-Paul de la Tour', 'JPD'],
    ['émile', 'É'],
    ['', ''],
    ['42', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('the name of a downloaded file', () => {
  const parts = {
    startedAt: Date.parse('2026-10-25T00:30:00Z'),
    number: '+33 1 59 63 46 02',
    name: 'Élodie Lefèvre',
    agent: 'Alice Martin',
    extension: '1001',
    type: 'inbound',
    call: 4711,
    id: '12345678-aaaa-4bbb-8ccc-dddddddddddd',
  };
  const name = (pattern: string, more: Partial<typeof parts> = {}): string =>
    recordingFileName(pattern, { ...parts, ...more }, 'Europe/Paris');

  it('follows the pattern, in the time of the one who downloads', () => {
    expect(name('{date} {time} {number} {agent}')).toBe(
      '2026-10-25_02-30-00_+33_1_59_63_46_02_Alice_Martin_12345678.wav',
    );
    expect(name('{type}-{call}_{extension} {name}')).toBe('inbound_4711_1001_Élodie_Lefèvre_12345678.wav');
  });

  it.each([
    '../../etc/passwd',
    '..\\..\\x',
    'C:\\x',
    'a/b',
    'a\u0000b',
    'a\nb',
    '<>:"|?*',
    '.',
    '..',
    '   ',
    '\u202egnp.wav',
    'x'.repeat(500),
    '😀'.repeat(100),
  ])('is a plain name whatever a caller is called: %j', odd => {
    for (const made of [
      name('{name}', { name: odd }),
      name(odd),
      name('{number}/{agent}', { number: odd, agent: odd }),
    ]) {
      expect(made).toMatch(/^[\p{L}\p{M}\p{N}_+-][\p{L}\p{M}\p{N}_+.-]*_12345678\.wav$/u);
      expect(made).not.toContain('..');
      expect(made.length).toBeLessThanOrEqual(160);
    }
  });

  it('is never the name of a device, and hides what is hidden', () => {
    expect(name('con')).toBe('recording_12345678.wav');
    expect(name('{name}', { name: 'NUL' })).toBe('recording_12345678.wav');
    expect(name('{number}', { number: '+3315963••••' })).toBe('+3315963xxxx_12345678.wav');
    expect(name('{unknown}')).toBe('unknown_12345678.wav');
  });
});
