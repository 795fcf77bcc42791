import { useState, type MouseEvent, type ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { useText } from '../../text/text';
import { formatClock } from '../../text/format-time';
import { useElapsed } from '../../text/use-elapsed';
import { usePhoneFormat } from '../../text/use-phone-format';
import { CallControls } from './CallControls';
import { DeskControls } from './DeskControls';
import { CallQualityLine } from './CallQualityLine';
import { stateKey, stateTone } from '../facts/call-words';
import { isLongName, partyName } from '../facts/party-name';
import styles from './ActiveCallPanel.module.css';

/** The second click of a double click on Answer lands here and must not hold or mute. */
const doubleClickMs = 500;

/** The call the agent is in. Every row has a fixed height: hang up and mute are found without looking. */
export function ActiveCallPanel({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const name = partyName(call.remote, t, formatNumber);
  const [shownAt] = useState(() => performance.now());
  const swallowDoubleClick = (event: MouseEvent): void => {
    if (event.detail > 1 && performance.now() - shownAt < doubleClickMs) event.stopPropagation();
  };
  return (
    <section
      className={styles['panel']}
      aria-label={name}
      data-testid="active-call"
      data-state={call.state}
      data-call-id={call.id}
      data-tone={stateTone(call)}
      onClickCapture={swallowDoubleClick}
    >
      <div className={styles['status']}>
        <span className={styles['dot']} aria-hidden="true" />
        <span className={styles['word']}>{t(stateKey(call))}</span>
        <CallTimer call={call} />
      </div>
      <h2 className={styles['name']} title={name} data-long={isLongName(name) || undefined}>
        <bdi>{name}</bdi>
      </h2>
      <p className={styles['number']}>
        <bdi dir="ltr">{call.remote.name === null ? '' : formatNumber(call.remote.number)}</bdi>
      </p>
      <p className={styles['queue']}>
        {call.queueName === null ? t('phone.direct-call') : t('phone.via-queue', { name: call.queueName })}
      </p>
      {call.device === 'app' ? (
        <>
          <div className={styles['quality']}>
            <CallQualityLine call={call} />
          </div>
          <CallControls call={call} />
        </>
      ) : (
        <DeskControls call={call} />
      )}
    </section>
  );
}

/** Time both could hear each other; before that there is none to show. */
function CallTimer({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const elapsed = useElapsed(call.answeredAt);
  return (
    <span className={styles['timer']} role="timer" aria-label={t('phone.timer')} data-testid="call-timer">
      {call.answeredAt === null ? '' : formatClock(elapsed)}
    </span>
  );
}
