import { SeededRandom } from '../src-server/demo/seeded-random';

const syllables =
  'an bel cor da el fa gri hu il jo ka lu mo na or pe qui ra so tu ul vo wi xa ye zo ber lin ger ton mar'.split(' ');
export const firstNames =
  'Alice Bruno Chloé Daniel Emma Farid Grace Hugo Inès Jack Karine Liam Marie Nathan Olivia Paul Quentin Rose Samir Théo Ulysse Valérie Walid Xavier Yann Zoé'.split(
    ' ',
  );

/** Some 25,000 surnames, a few of them common, as in a telephone book. */
export function surname(random: SeededRandom): string {
  const rank = Math.floor(25_000 ** random.next());
  const own = new SeededRandom(rank);
  const word = Array.from({ length: own.between(2, 4) }, () => own.pick(syllables)).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}
