import type { ReactNode } from 'react';
import { missedCauses } from '../../../src-shared/call/offer-outcome';
import { findFigure, type FigureId } from '../../../src-shared/statistics/definitions';
import { useFigureStore } from '../../stores/figure-store';
import { useText } from '../../text/text';
import { FigureButton } from './FigureButton';
import styles from './MyDay.module.css';

const tiles = ['calls', 'talk', 'hold', 'wrap-up', 'average-handling', 'not-answered'] as const satisfies FigureId[];
const directions = ['calls.inbound', 'calls.outbound', 'calls.internal'] as const satisfies FigureId[];
/** S338 to S340. */
const monthly = ['calls', 'average-call', 'average-ring', 'not-answered'] as const satisfies FigureId[];

/** What today adds up to, why calls were missed, and the month beside it. */
export function MyDay(): ReactNode {
  const { t } = useText();
  return (
    <section className={styles['card']} aria-labelledby="my-day-title" data-testid="my-day">
      <h2 id="my-day-title" className={styles['title']}>
        {t('figures.my-day')}
      </h2>
      <div className={styles['tiles']}>
        {tiles.map(id => (
          <FigureButton key={id} id={id} period="today" look="tile" />
        ))}
      </div>
      <div className={styles['row']}>
        {directions.map(id => (
          <FigureButton key={id} id={id} period="today" look="line" />
        ))}
      </div>
      <Causes />
      <div className={styles['month']}>
        <h3>{t('figures.this-month')}</h3>
        <div className={styles['row']}>
          {monthly.map(id => (
            <FigureButton key={id} id={id} period="month" look="line" />
          ))}
        </div>
      </div>
    </section>
  );
}

/** Only the causes that there are: eight zeros say nothing. */
function Causes(): ReactNode {
  const { t } = useText();
  const figures = useFigureStore(state => state.figures);
  if (figures === null) return null;
  const there = missedCauses.filter(cause => (findFigure(figures, `missed.${cause}`, 'today')?.value ?? 0) > 0);
  return (
    <div className={styles['causes']}>
      <h3>{t('figures.by-cause')}</h3>
      {there.length === 0 && <p>{t('figures.nothing-missed')}</p>}
      {there.map(cause => (
        <FigureButton key={cause} id={`missed.${cause}`} period="today" look="chip" />
      ))}
    </div>
  );
}
