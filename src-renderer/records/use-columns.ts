import { useMemo, useState } from 'react';
import { useText, type Language, type Translate } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';

/** What the cells of a list are written with. */
export interface ColumnWords {
  readonly t: Translate;
  readonly language: Language;
  readonly formatNumber: (number: string) => string;
}

export interface ListColumns<Id extends string, Column extends { readonly id: Id }> {
  readonly all: readonly Column[];
  readonly columns: readonly Column[];
  readonly columnIds: readonly Id[];
  readonly toggleColumn: (id: Id) => void;
}

interface ListDefinition<Id extends string, Column extends { readonly id: Id }> {
  readonly list: string;
  readonly ids: readonly Id[];
  readonly usual: readonly Id[];
  readonly columnsOf: (words: ColumnWords) => readonly Column[];
}

/** The columns of a list, and which of them are shown. */
export function useListColumns<Id extends string, Column extends { readonly id: Id }>({
  list,
  ids,
  usual,
  columnsOf,
}: ListDefinition<Id, Column>): ListColumns<Id, Column> {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const [columnIds, toggleColumn] = useChosenColumns(list, ids, usual);
  const all = useMemo(() => columnsOf({ t, language, formatNumber }), [columnsOf, t, language, formatNumber]);
  const columns = useMemo(() => all.filter(({ id }) => columnIds.includes(id)), [all, columnIds]);
  return { all, columns, columnIds, toggleColumn };
}

/** Which columns somebody chose for a list, kept for this computer's next start. */
function useChosenColumns<Id extends string>(
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
