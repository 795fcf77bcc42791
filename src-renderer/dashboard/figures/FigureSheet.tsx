import type { ReactNode } from 'react';
import { figureDefinitions, periods, shareOf, type Figure } from '../../../src-shared/statistics/definitions';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { Notice } from '../../components/Notice/Notice';
import { closeSheet, openFigure, useViewStore, type OpenFigure } from '../../stores/view-store';
import { useText } from '../../text/text';
import { CallTable } from '../CallTable';
import { formatShare, valueWord } from './figure-words';
import { useFigureCalls } from './use-figure-calls';
import styles from './FigureSheet.module.css';

/** What a figure means and the calls it is made of, of one moment: their number is the figure (B10). */
export function FigureSheet(): ReactNode {
  const isOpen = useViewStore(state => state.sheet === 'figure');
  const figure = useViewStore(state => state.figure);
  return isOpen ? <Sheet open={figure} /> : null;
}

function Sheet({ open }: { readonly open: OpenFigure }): ReactNode {
  const { t } = useText();
  const close = (): void => closeSheet('figure');
  return (
    <Dialog
      title={t(`figures.${open.id}.name`)}
      isOpen
      size="wide"
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          {t('common.close')}
        </Button>
      }
    >
      <fieldset className={styles['periods']} aria-label={t('figures.period')}>
        {periods.map(period => (
          <Button
            key={period}
            size="small"
            aria-pressed={period === open.period}
            onClick={() => openFigure({ id: open.id, period })}
          >
            {t(`figures.${period}`)}
          </Button>
        ))}
      </fieldset>
      <FigureAndCalls key={`${open.period} ${open.id}`} open={open} />
    </Dialog>
  );
}

function FigureAndCalls({ open }: { readonly open: OpenFigure }): ReactNode {
  const { t } = useText();
  const { pages, failure, isAsking, more, again } = useFigureCalls(open);
  const last = pages?.at(-1);
  const listed = pages?.flatMap(page => page.calls) ?? [];
  return (
    <>
      <Facts id={open.id} figure={last?.figure} />
      {failure !== null && (
        <Notice
          kind="error"
          urgency="alert"
          title={t(`errors.${failure.code}.what`, failure.params)}
          action={<Button onClick={again}>{t('figures.retry')}</Button>}
        >
          {t(`errors.${failure.code}.next`, failure.params)}
        </Notice>
      )}
      <div className={styles['calls']} data-testid="figure-calls" aria-busy={isAsking}>
        {pages === null && failure === null && <p className={styles['quiet']}>{t('figures.loading')}</p>}
        {pages !== null && listed.length === 0 && <p className={styles['quiet']}>{t('figures.no-calls')}</p>}
        {listed.length > 0 && <CallTable label={t(`figures.${open.id}.name`)} calls={listed} />}
        {last?.nextCursor != null && (
          <Button look="quiet" className={styles['more']} isPending={isAsking} onClick={more}>
            {t('common.show-more')}
          </Button>
        )}
      </div>
    </>
  );
}

interface FactsProps {
  readonly id: OpenFigure['id'];
  readonly figure: Figure | undefined;
}

function Facts({ id, figure }: FactsProps): ReactNode {
  const { t, language } = useText();
  const { partOf, unit } = figureDefinitions[id];
  const share = figure === undefined ? null : shareOf(figure);
  const behind = unit === 'calls' ? figure?.value : figure?.of;
  return (
    <div className={styles['facts']}>
      <p className={styles['value']} data-testid="figure-value">
        {valueWord(figure, language)}
      </p>
      <div>
        <p>{t(`figures.${id}.is`)}</p>
        {share !== null && partOf !== null && (
          <p className={styles['quiet']}>
            {t('figures.part-of', {
              share: formatShare(share, language),
              whole: t(`figures.${partOf}.name`),
              value: figure?.value,
              of: figure?.of,
            })}
          </p>
        )}
        <p className={styles['quiet']}>
          {behind != null && t('figures.calls-behind', { count: behind })}{' '}
          {t('figures.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        </p>
      </div>
    </div>
  );
}
