import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { WithTooltip } from '../../components/Tooltip/WithTooltip';
import { useText } from '../../text/text';
import { formatDecimal } from '../../text/format-time';
import { qualityBars, qualityWord } from '../facts/quality-word';
import styles from './CallQualityLine.module.css';

/** How well the agent hears the other side: bars, word and MOS; the figures behind it on hover and focus. */
export function CallQualityLine({ call }: { readonly call: Call }): ReactNode {
  const { t, language } = useText();
  const { quality } = call;
  // The last figures say nothing about a sound that has stopped; the warning below the controls does.
  if (call.isMediaInterrupted) return null;
  if (quality === null)
    return <span className={styles['quality']}>{call.state === 'active' ? t('quality.measuring') : ''}</span>;
  const word = qualityWord(quality.mos);
  const figures: readonly (readonly [string, string])[] = [
    [t('quality.codec'), quality.codec],
    [t('quality.delay'), t('quality.ms', { value: formatDecimal(quality.delayMs, 0, language) })],
    [t('quality.loss'), t('quality.percent', { value: formatDecimal(quality.lossPercent, 1, language) })],
    [t('quality.jitter'), t('quality.ms', { value: formatDecimal(quality.jitterMs, 0, language) })],
  ];
  return (
    <WithTooltip
      placement="start" // below it would cover mute and hang up
      text={
        <dl className={styles['figures']}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <button type="button" className={styles['quality']} data-word={word} data-testid="call-quality">
        <span className={styles['bars']} data-lit={qualityBars[word]} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </span>
        {t(`quality.${word}`)}
        <span className={styles['mos']}>{t('quality.mos', { mos: formatDecimal(quality.mos, 1, language) })}</span>
      </button>
    </WithTooltip>
  );
}
