import { useEffect, useRef, type ReactNode } from 'react';
import { useLevelStore } from '../stores/audio-store';
import { useText } from '../text/text';
import styles from './LevelMeter.module.css';

/** How loud the microphone is now. Drawn past React: ten changes a second concern one bar. */
export function LevelMeter(): ReactNode {
  const { t } = useText();
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    const draw = ({ microphone }: { readonly microphone: number }): void => {
      if (meter.current !== null) meter.current.value = microphone;
    };
    draw(useLevelStore.getState());
    return useLevelStore.subscribe(draw);
  }, []);
  return (
    <div className={styles['level']}>
      <span className={styles['label']}>{t('settings.level')}</span>
      <meter
        ref={meter}
        className={styles['meter']}
        min={0}
        max={1}
        aria-label={t('settings.level')}
        data-testid="microphone-level"
      />
      <span className={styles['note']}>{t('settings.level-note')}</span>
    </div>
  );
}
