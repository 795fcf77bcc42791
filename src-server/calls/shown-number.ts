import { hidesNumber, maskedNumber } from '../../src-shared/customers/masked-number';

export interface ShownParty {
  readonly remoteNumber: string;
  readonly remoteName: string | null;
  readonly isNumberHidden: boolean;
}

/** Whoever was at the other end, as the policy lets them be shown (S235). */
export function shownParty(
  { number, name, isInternal }: { number: string; name: string | null; isInternal: boolean },
  isMasked: boolean,
): ShownParty {
  if (!isMasked || isInternal) return { remoteNumber: number, remoteName: name, isNumberHidden: false };
  return {
    remoteNumber: maskedNumber(number),
    remoteName: name !== null && hidesNumber(name) ? name : null,
    isNumberHidden: true,
  };
}
