import type { ReactNode } from 'react';
import { findFigure, shareOf, type Figure, type Period } from '../../../src-shared/statistics/definitions';
import { useFigureStore } from '../../stores/figure-store';
import { useText } from '../../text/text';
import { FigureButton } from './FigureButton';
import { shareWord } from './figure-words';
import styles from './AnsweredRings.module.css';

const rings = [
  { period: 'yesterday', place: 'outer', radius: 66 },
  { period: 'month', place: 'inner', radius: 46 },
] as const;
const middle = 76;
const width = 14;

/** S167 to S172: what part of the calls offered to this person was answered. Both rings begin at the top and go the same way round. */
export function AnsweredRings(): ReactNode {
  const { t, language } = useText();
  const figures = useFigureStore(state => state.figures);
  const answered = (period: Period): Figure | undefined =>
    figures === null ? undefined : findFigure(figures, 'answered', period);
  const said = (period: Period): string => shareWord(answered(period), t, language);
  return (
    <section className={styles['card']} aria-labelledby="rings-title" data-testid="answered-rings">
      <h2 id="rings-title" className={styles['title']}>
        {t('figures.rings-title')}
      </h2>
      <p className={styles['note']}>{t('figures.rings-note')}</p>
      <div className={styles['both']}>
        <svg
          className={styles['rings']}
          viewBox={`0 0 ${2 * middle} ${2 * middle}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native img knows no tokens
          role="img"
          aria-label={t('figures.rings-say', { yesterday: said('yesterday'), month: said('month') })}
        >
          {rings.map(({ period, radius }) => (
            <Ring key={period} radius={radius} answered={answered(period)} />
          ))}
        </svg>
        <div className={styles['legend']}>
          {rings.map(({ period, place }) => (
            <div key={period} className={styles['period']} data-period={period}>
              <h3>
                <RingSign place={place} />
                {t(`figures.${place}`)}
              </h3>
              <Part period={period} id="answered" word={t('figures.answered-part')} />
              <Part period={period} id="not-answered" word={t('figures.missed-part')} />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

/** The whole ring is what was offered; nothing offered, nothing drawn but its place. */
function Ring({ radius, answered }: { readonly radius: number; readonly answered: Figure | undefined }): ReactNode {
  const share = answered === undefined ? null : shareOf(answered);
  const circle = { cx: middle, cy: middle, r: radius, strokeWidth: width, pathLength: 100 };
  return (
    <>
      <circle {...circle} className={styles[share === null ? 'empty' : 'rest']} />
      {share !== null && share > 0 && (
        <circle
          {...circle}
          className={styles['good']}
          strokeDasharray={`${share * 100} ${100 - share * 100}`}
          transform={`rotate(-90 ${middle} ${middle})`}
        />
      )}
    </>
  );
}

/** Which of the two rings is meant. */
function RingSign({ place }: { readonly place: 'outer' | 'inner' }): ReactNode {
  return (
    <svg className={styles['sign']} viewBox="0 0 16 16" data-place={place} aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" />
      <circle cx="8" cy="8" r="3" />
    </svg>
  );
}

interface PartProps {
  readonly period: Period;
  readonly id: 'answered' | 'not-answered';
  readonly word: string;
}

function Part({ period, id, word }: PartProps): ReactNode {
  const { t, language } = useText();
  const figure = useFigureStore(({ figures }) => (figures === null ? undefined : findFigure(figures, id, period)));
  const isNone = figure === undefined || shareOf(figure) === null;
  if (isNone) return id === 'answered' ? <p className={styles['none']}>{t('figures.none-offered')}</p> : null;
  return (
    <div className={styles['part']}>
      <i data-part={id} aria-hidden="true" />
      <FigureButton
        id={id}
        period={period}
        look="line"
        shown={shareWord(figure, t, language)}
        name={
          <>
            {word} · {t('figures.of', { value: figure.value, of: figure.of })}
          </>
        }
      />
    </div>
  );
}
