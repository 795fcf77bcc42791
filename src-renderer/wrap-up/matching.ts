interface Word {
  readonly id: string;
  readonly label: string;
}
/** Letters without accents and case: nobody types an accent to search. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words in which every typed word begins a word; those that begin with it come first. */
export function matching(words: readonly Word[], query: string): readonly Word[] {
  const typed = plain(query).split(/\s+/).filter(Boolean);
  if (typed.length === 0) return words;
  const answering = words.filter(({ label }) => {
    const parts = plain(label).split(/[\s-]+/);
    return typed.every(start => parts.some(part => part.startsWith(start)));
  });
  const isFirst = ({ label }: Word): boolean => plain(label).startsWith(typed[0] ?? '');
  return [...answering.filter(isFirst), ...answering.filter(word => !isFirst(word))];
}
