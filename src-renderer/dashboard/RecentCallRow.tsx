import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { IconButton } from '../components/IconButton/IconButton';
import { partyName } from '../phone/facts/party-name';
import { dial } from '../phone/use-call-actions';
import { dayOf, formatClock, formatDay, formatTimeOfDay } from '../text/format-time';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { isMissed, outcomeKey, talkedMs } from './recent-call-outcome';
import styles from './RecentCallRow.module.css';

interface RecentCallRowProps {
  readonly call: RecentCall;
  readonly today: number;
}

/** One past call. Main sends the whole list each time; a row whose call is the same is not drawn again. */
export const RecentCallRow = memo(
  Row,
  (before, now) => before.today === now.today && isSameCall(before.call, now.call),
);

const isSameCall = (one: RecentCall, other: RecentCall): boolean =>
  (Object.keys(one) as (keyof RecentCall)[]).every(key => one[key] === other[key]);

function Row({ call, today }: RecentCallRowProps): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const name = partyName({ name: call.remoteName, number: call.remoteNumber }, t, formatNumber);
  const missed = isMissed(call);
  const talked = talkedMs(call);
  const day = dayOf(call.startedAt, today);
  const details = [
    t(`dashboard.${call.direction}`),
    call.remoteName === null ? null : formatNumber(call.remoteNumber),
    call.queueName,
  ].filter(detail => detail !== null && detail !== '');
  return (
    <li
      className={styles['row']}
      data-missed={missed || undefined}
      data-call-id={call.callId}
      data-cause={call.endCause}
    >
      <DirectionIcon call={call} missed={missed} />
      <div className={styles['who']}>
        <p className={styles['name']} title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className={styles['details']}>{details.join(' · ')}</p>
      </div>
      <div className={styles['outcome']}>
        <p className={styles['word']}>{t(outcomeKey(call))}</p>
        <p className={styles['details']}>{talked === null ? '' : formatClock(talked)}</p>
      </div>
      <div className={styles['when']}>
        <p>{formatTimeOfDay(call.startedAt, language)}</p>
        <p className={styles['details']}>
          {day === 'earlier' ? formatDay(call.startedAt, language) : t(`common.${day}`)}
        </p>
      </div>
      {call.remoteNumber === '' ? (
        <span className={styles['no-number']} />
      ) : (
        <IconButton
          label={t('dashboard.call-back-to', { name })}
          placement="start"
          className={styles['call-back']}
          onClick={() => void dial(call.remoteNumber)}
        >
          <Phone size={16} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

function DirectionIcon({ call, missed }: { readonly call: RecentCall; readonly missed: boolean }): ReactNode {
  const Icon = missed ? PhoneMissed : call.direction === 'outbound' ? PhoneOutgoing : PhoneIncoming;
  return <Icon size={18} aria-hidden="true" className={styles['direction']} />;
}
