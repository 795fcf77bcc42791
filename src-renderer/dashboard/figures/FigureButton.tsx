import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { type FigureId, findFigure, type Period } from '../../../src-shared/statistics/definitions';
import { useFigureStore } from '../../stores/figure-store';
import { openFigure } from '../../stores/view-store';
import { useText } from '../../text/text';
import { valueWord } from './figure-words';
import styles from './FigureButton.module.css';

interface FigureButtonProps {
  readonly id: FigureId;
  readonly period: Period;
  readonly look: 'tile' | 'chip' | 'line';
  /** Instead of the value. */
  readonly shown?: ReactNode;
  /** Instead of its name. */
  readonly name?: ReactNode;
}

/** A figure that opens its definition and the calls behind it. */
export function FigureButton({ id, period, look, shown, name }: FigureButtonProps): ReactNode {
  const { t, language } = useText();
  const figure = useFigureStore(({ figures }) => (figures === null ? undefined : findFigure(figures, id, period)));
  const value = valueWord(figure, language);
  const ownName = t(`figures.${id}.name`);
  return (
    <button
      type="button"
      className={styles['figure']}
      data-look={look}
      data-figure={`${period}.${id}`}
      data-value={figure?.value ?? ''}
      onClick={() => openFigure({ id, period })}
    >
      <span className={styles['value']}>{shown ?? value}</span>
      <span className={styles['name']}>{name ?? ownName}</span>
      {/* After what is seen, not instead of it: who speaks to the computer says what is seen. */}
      <VisuallyHidden elementType="span">
        {figure?.value == null && `, ${t('figures.no-value')}`},{' '}
        {t('figures.opens', { period: t(`figures.${period}`) })}
      </VisuallyHidden>
    </button>
  );
}
