import { parseDialString, type DialStringProblem } from '../../../src-shared/customers/phone-number';

/** What to say under the field while somebody types; an empty field is no mistake yet. */
export function problemWhileTyping(typed: string): DialStringProblem | null {
  const parsed = parseDialString(typed);
  return parsed.ok || parsed.problem === 'dial/empty' || typed.trim() === '+' ? null : parsed.problem;
}

/** Cleans pasted text: `tel:` links lose their scheme and parameters, a number with separators its separators; other text stays, to be refused visibly. */
export function cleanPasted(text: string): string {
  const bare = text
    .trim()
    .replace(/^(tel|callto|sips?):/i, '')
    .replace(/[;?@].*$/su, '');
  const parsed = parseDialString(bare);
  return parsed.ok ? parsed.number : bare.slice(0, 64);
}
