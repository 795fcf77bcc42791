/** Without accents and case: `parametres` finds `Paramètres`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isWordStart = (text: string, index: number): boolean =>
  index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? '');

/**
 * How well a text answers what was typed; 0 when it does not. Every letter must occur in order; letters that follow each other
 * and letters at the start of a word count more, so that initials and beginnings win.
 */
export function fuzzyScore(typed: string, text: string): number {
  const wanted = plain(typed).replace(/\s+/g, ' ').trim();
  const within = plain(text);
  if (wanted === '') return 1;
  const straight = within.indexOf(wanted);
  if (straight !== -1) return 1000 - straight + (isWordStart(within, straight) ? 500 : 0) - within.length / 100;
  let score = 0;
  let place = -1;
  for (const letter of wanted.replaceAll(' ', '')) {
    const next = nextPlace(within, letter, place);
    if (next === -1) return 0;
    score += next === place + 1 ? 8 : isWordStart(within, next) ? 6 : 1;
    place = next;
  }
  // Letters strewn over a long text are no answer.
  return score >= wanted.length * 4 ? score : 0;
}

/** The letter right after the last one, else the next word that begins with it, else wherever it comes next. */
function nextPlace(text: string, letter: string, after: number): number {
  if (after >= 0 && text[after + 1] === letter) return after + 1;
  for (let index = after + 1; index < text.length; index += 1)
    if (text[index] === letter && isWordStart(text, index)) return index;
  return text.indexOf(letter, after + 1);
}
