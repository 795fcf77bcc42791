import type { Party } from '../call/call';
import type { AgentPolicy } from '../policy/agent-policy';

const hiddenDigits = 4;
const shownDigits = 2;

/** Hides the last digits of a number; of a short one all but the first two. What is no digit stays, so that the length and form are seen. */
export function maskedNumber(number: string): string {
  const digits = number.replace(/\D/g, '').length;
  let left = Math.max(shownDigits, digits - hiddenDigits);
  return number.replace(/\d/g, digit => {
    left -= 1;
    return left >= 0 ? digit : '•';
  });
}

/** Callers may send their number in place of a name: such a name is none when numbers are masked. */
export const hidesNumber = (name: string): boolean => name.replace(/\D/g, '').length <= hiddenDigits;

/** Somebody outside as the policy allows them to be shown. */
export function shownParty({ number, name }: Party, numbers: AgentPolicy['numbers']): Party {
  if (numbers === 'full') return { number, name };
  return { number: maskedNumber(number), name: name !== null && hidesNumber(name) ? name : null };
}
