import { useState } from 'react';

/** Which columns somebody chose for a list, kept for this computer's next start. */
export function useColumns<Id extends string>(
  list: string,
  all: readonly Id[],
  usual: readonly Id[],
): readonly [chosen: readonly Id[], toggle: (id: Id) => void] {
  const place = `columns.${list}`;
  const [chosen, setChosen] = useState<readonly Id[]>(() => {
    const kept = localStorage.getItem(place)?.split(',') ?? usual;
    return all.filter(id => kept.includes(id));
  });
  const toggle = (id: Id): void => {
    const next = all.filter(each => (each === id ? !chosen.includes(id) : chosen.includes(each)));
    if (next.length === 0) return;
    localStorage.setItem(place, next.join(','));
    setChosen(next);
  };
  return [chosen, toggle];
}
