import { beforeAll, describe, expect, test } from 'vitest';
import { whyNoEngine } from '../centre';
import { callOutScripts, clickScripts } from './call-out-scripts';
import { attendedScripts, conferenceScripts } from './consultation-scripts';
import { type PlayedScript, playShift, type Shift } from './play-shift';
import { queueScripts, queueTalkScripts } from './queue-scripts';
import { blindScripts, moreBlindScripts } from './transfer-scripts';

const shift: Shift = [
  queueScripts,
  queueTalkScripts,
  [...callOutScripts],
  [...blindScripts],
  [...moreBlindScripts, ...clickScripts],
  [...attendedScripts, ...conferenceScripts],
];
const titles = shift.flat().map(({ title }) => title);
const seed = 20_261_121;
const atLeastCalls = 60;
const reason = whyNoEngine('asterisk');
if (reason !== null) process.stderr.write(`${reason}\n`);

const textOf = ({ stories, error }: PlayedScript): string[] => [
  ...stories.flatMap(({ history, figures, stretches }, index) => [
    `call ${index + 1}`,
    ...history,
    ...figures,
    ...stretches,
  ]),
  ...(error === null ? [] : [`NOT PLAYED TO ITS END: ${error}`]),
];

/** Both journals beside one another, lines that differ marked. */
function beside(one: readonly string[], other: readonly string[]): string {
  const rows = Math.max(one.length, other.length);
  return Array.from({ length: rows }, (_, row) => {
    const [left = '', right = ''] = [one[row], other[row]];
    return left === right ? `   ${left}` : `E  ${left}\nA  ${right}`;
  }).join('\n');
}

describe.skipIf(reason !== null)('the same shift gives the same journal on both engines', () => {
  let embedded: Map<string, PlayedScript>;
  let asterisk: Map<string, PlayedScript>;
  beforeAll(async () => {
    embedded = await playShift(shift, 'embedded', seed);
    asterisk = await playShift(shift, 'asterisk', seed);
  }, 400_000);

  test.each(titles)('%s', title => {
    const [one, other] = [embedded.get(title), asterisk.get(title)];
    if (one === undefined || other === undefined) throw new Error('not played');
    const [left, right] = [textOf(one), textOf(other)];
    expect(left.length, 'something was told').toBeGreaterThan(0);
    if (left.join('\n') !== right.join('\n') || one.error !== null)
      expect.fail(`the journals differ (E: embedded, A: Asterisk)\n${beside(left, right)}`);
  });

  test('it is a whole shift', () => {
    const calls = [...embedded.values()].flatMap(({ stories }) => stories);
    expect(calls.length).toBeGreaterThanOrEqual(atLeastCalls);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
