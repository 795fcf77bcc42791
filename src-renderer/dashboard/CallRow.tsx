import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, UsersRound } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { callBackRecent } from '../calls/call-back';
import { IconButton } from '../components/IconButton/IconButton';
import { partyName } from '../phone/facts/party-name';
import { openStory } from '../stores/story-store';
import { dayOf, formatDay, formatDuration, formatTimeOfDay } from '../text/format-time';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { isMissed, kindOf, outcomeKey, talkedMs, type CallKind } from './recent-call-outcome';
import styles from './CallRow.module.css';

interface CallRowProps {
  readonly call: RecentCall;
  readonly extension: string;
  readonly today: number;
}

/** One past call. Main sends the whole list each time; a row whose call is the same is not drawn again. */
export const CallRow = memo(
  Row,
  (before, now) =>
    before.today === now.today && before.extension === now.extension && isSameCall(before.call, now.call),
);

const isSameCall = (one: RecentCall, other: RecentCall): boolean =>
  (Object.keys(one) as (keyof RecentCall)[]).every(key => one[key] === other[key]);

function Row({ call, extension, today }: CallRowProps): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const name = partyName({ name: call.remoteName, number: call.remoteNumber }, t, formatNumber);
  const talked = talkedMs(call);
  const day = dayOf(call.startedAt, today);
  // Where nobody knows a name, the number stands in its place.
  const number = call.remoteName === null ? '' : formatNumber(call.remoteNumber);
  const date = day === 'earlier' ? formatDay(call.startedAt, language) : t(`common.${day}`);
  const { missedCause } = call;
  return (
    <tr
      className={styles['row']}
      data-missed={isMissed(call) || undefined}
      data-call-id={call.callId}
      data-cause={call.endCause}
    >
      <td className={styles['type']}>
        <KindIcon kind={kindOf(call)} label={t(`dashboard.${kindOf(call)}`)} />
      </td>
      <td className={styles['who']}>
        <StoryButton callId={call.callId} name={name} />
        <p className={styles['details']}>{call.queueName ?? t(`dashboard.${call.direction}`)}</p>
      </td>
      <td className={styles['number']}>
        <span dir="ltr">{number}</span>
      </td>
      <td>
        <p className={styles['word']}>{t(outcomeKey(call))}</p>
        {missedCause !== null && <p className={styles['details']}>{t(`figures.missed.${missedCause}.name`)}</p>}
      </td>
      <td className={styles['extension']}>{extension}</td>
      <td className={styles['date']}>{date}</td>
      <td className={styles['figure']}>
        <p>{formatTimeOfDay(call.startedAt, language)}</p>
        <p className={styles['date-below']}>{date}</p>
      </td>
      <td className={styles['figure']}>{talked === null ? '' : formatDuration(talked)}</td>
      <td className={styles['action']}>
        {call.remoteNumber !== '' && (
          <IconButton
            label={t('dashboard.call-back-to', { name })}
            placement="start"
            className={styles['call-back']}
            onClick={() => callBackRecent(call)}
          >
            <Phone size={16} aria-hidden="true" />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

/** The whole row opens it; the name is what the keyboard finds. */
function StoryButton({ callId, name }: { readonly callId: string; readonly name: string }): ReactNode {
  const { t } = useText();
  return (
    <button
      type="button"
      className={styles['name']}
      title={name}
      aria-label={t('story.open', { name })}
      onClick={() => openStory(callId)}
    >
      <bdi>{name}</bdi>
    </button>
  );
}

const icons = { missed: PhoneMissed, inbound: PhoneIncoming, outbound: PhoneOutgoing, internal: UsersRound };

/** What kind of call it was: an icon whose word stands in the legend. */
export function KindIcon({ kind, label }: { readonly kind: CallKind; readonly label: string | null }): ReactNode {
  const Icon = icons[kind];
  return (
    <Icon
      size={16}
      className={styles['kind']}
      data-kind={kind}
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
