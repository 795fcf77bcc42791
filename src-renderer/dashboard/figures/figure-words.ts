import { figureDefinitions, type Figure, shareOf } from '../../../src-shared/statistics/definitions';
import { formatClock } from '../../text/format-time';
import type { Language, Translate } from '../../text/text';

const percents = new Map<Language, Intl.NumberFormat>();
function percentOf(language: Language): Intl.NumberFormat {
  const format =
    percents.get(language) ?? new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  percents.set(language, format);
  return format;
}

export const formatShare = (share: number, language: Language): string => percentOf(language).format(share);

/** The rate of a figure as text; a word when there is nothing to be a part of. */
export function shareWord(figure: Figure | undefined, t: Translate, language: Language): string {
  const share = figure === undefined ? null : shareOf(figure);
  return share === null ? t('figures.no-rate') : formatShare(share, language);
}

/** The value as it stands on a tile. */
export function valueWord(figure: Figure | undefined, language: Language): string {
  if (figure?.value === undefined || figure.value === null) return '–';
  const isCount = figureDefinitions[figure.id].unit === 'calls';
  return isCount ? new Intl.NumberFormat(language).format(figure.value) : formatClock(figure.value);
}
