import {
  type Figure,
  figureDefinitions,
  type FigureId,
  figureIds,
  periods,
} from '../../src-shared/statistics/definitions';

/** Figures of every period; those not named are zero. */
export function someFigures(
  values: Partial<Record<`${'today' | 'yesterday' | 'month'}.${FigureId}`, number>>,
): Figure[] {
  return periods.flatMap(period =>
    figureIds.map(id => {
      const { unit, partOf } = figureDefinitions[id];
      const value = values[`${period}.${id}`] ?? 0;
      const calls = values[`${period}.calls`] ?? 0;
      const of = unit === 'calls' ? (partOf === null ? null : (values[`${period}.${partOf}`] ?? 0)) : calls;
      return { id, period, value: unit === 'average' && calls === 0 ? null : value, of };
    }),
  );
}
