/** Longest number that can be dialled (E.164 has 15 digits). */
const longestNumber = 15;
/** A number of fewer digits is never called over the trunk. */
export const shortestOutside = 6;

const goesTo = (patterns: readonly string[], target: string): string =>
  patterns.map(pattern => `exten => ${pattern},1,Goto(${target},\${EXTEN},1)`).join('\n');

/** Digits only, by count: an extension pattern with a wildcard would let other characters of a SIP user part through. */
export function numberPatterns(target: string): string {
  const lengths = Array.from({ length: longestNumber }, (_, index) => index + 1);
  const patterns = lengths.flatMap(length => [
    `_${'X'.repeat(length)}`,
    ...(length < shortestOutside ? [] : [`_+${'X'.repeat(length)}`]),
  ]);
  return goesTo(patterns, target);
}

/** Of those, numbers that are never called over the trunk. */
export function insidePatterns(target: string): string {
  const lengths = Array.from({ length: shortestOutside - 1 }, (_, index) => index + 1);
  return goesTo(
    lengths.map(length => `_${'X'.repeat(length)}`),
    target,
  );
}
