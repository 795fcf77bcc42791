import { Phone, PhoneOff } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Call } from '../../src-shared/call/call';
import { afterPaint } from '../bridge/after-paint';
import { stampPainted } from '../bridge/bench-stamp';
import { Button } from '../components/Button/Button';
import { isTypingTarget } from '../keyboard/typing-target';
import { openSheet } from '../stores/view-store';
import { useText, type Translate } from '../text/text';
import { formatClock } from '../text/format-time';
import { useElapsed } from '../text/use-elapsed';
import { usePhoneFormat } from '../text/use-phone-format';
import { returnedKey } from './facts/call-words';
import { isLongName, partyName } from './facts/party-name';
import { callOrders } from './use-call-actions';
import styles from './IncomingCallCard.module.css';

interface IncomingCallCardProps {
  readonly call: Call | null;
  /** A second call while talking: shown quietly, below. */
  readonly isSecond: boolean;
}

/** The ringing call. Mounted before anything rings, so that only its text changes between the INVITE and the picture. */
export function IncomingCallCard({ call, isSecond }: IncomingCallCardProps): ReactNode {
  const { t } = useText();
  const answerButton = useRef<HTMLButtonElement>(null);
  const callId = call?.id ?? null;
  const orders = call === null ? null : callOrders(call);

  useLayoutEffect(() => {
    if (callId !== null) stampPainted(`card:${callId}`);
  }, [callId]);
  useEffect(() => {
    if (callId === null || isSecond) return undefined;
    // Focus makes the page lay itself out a second time: after the picture.
    return afterPaint(() => {
      if (!isTypingTarget(document.activeElement)) answerButton.current?.focus();
    });
  }, [callId, isSecond]);

  return (
    <section
      className={styles['card']}
      hidden={call === null}
      aria-label={t(isSecond ? 'phone.incoming-second' : 'phone.incoming')}
      data-testid="incoming-card"
      data-state={call?.state}
      data-call-id={call?.id}
      data-second={isSecond || undefined}
    >
      <p className={styles['kind']}>
        <span>{t(isSecond ? 'phone.incoming-second' : 'phone.incoming')}</span>
        <RingTime since={call?.startedAt ?? null} />
      </p>
      <Caller call={call} />
      {call?.device === 'desk-phone' ? (
        <p className={styles['on-desk']}>{t('desk-phone.answer-there')}</p>
      ) : (
        <div className={styles['actions']}>
          <Button
            ref={answerButton}
            look="bare"
            size="large"
            className={styles['answer']}
            icon={<Phone size={18} aria-hidden="true" />}
            isPending={call?.pendingAction === 'answer'}
            onClick={orders?.answer}
          >
            {t('phone.answer')}
          </Button>
          <Button
            look="bare"
            size="large"
            className={styles['decline']}
            icon={<PhoneOff size={18} aria-hidden="true" />}
            isPending={call?.pendingAction === 'decline'}
            onClick={orders?.decline}
          >
            {t('phone.decline')}
          </Button>
        </div>
      )}
      {isSecond && call !== null && <SecondCallNote call={call} />}
    </section>
  );
}

/** What answering does to the call one is in, and how to be rid of this one without a no. */
function SecondCallNote({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  return (
    <>
      {call.device === 'app' && <p className={styles['note']}>{t('phone.answer-second')}</p>}
      {callOrders(call).may.has('send-on') && (
        <Button look="quiet" size="small" onClick={() => openSheet('send-on')}>
          {t('transfer.send-on')}
        </Button>
      )}
    </>
  );
}

/** Who calls, and through which queue. Empty lines keep their height. */
function Caller({ call }: { readonly call: Call | null }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const name = call === null ? '' : partyName(call.remote, t, formatNumber);
  return (
    <>
      <h2 className={styles['name']} title={name} data-long={isLongName(name) || undefined}>
        <bdi>{name}</bdi>
      </h2>
      <p className={styles['number']}>
        <bdi dir="ltr">{call === null || call.remote.name === null ? '' : formatNumber(call.remote.number)}</bdi>
      </p>
      <p className={styles['queue']} data-long={call?.returnedTransfer != null || undefined}>
        {whence(call, t, formatNumber)}
      </p>
    </>
  );
}

/** Through which queue it comes, or that it comes back, and why. */
function whence(call: Call | null, t: Translate, formatNumber: (number: string) => string): string {
  const queueName = call?.queueName ?? null;
  const returned = call?.returnedTransfer ?? null;
  if (returned !== null)
    return `${t('phone.returned', { why: t(returnedKey(returned.outcome)) })} ${t('phone.returned-note', { to: formatNumber(returned.to) })}`;
  if (call !== null && call.transferredBy !== null) return t('phone.transferred-by', { name: call.transferredBy });
  return queueName === null ? t('phone.direct-call') : t('phone.via-queue', { name: queueName });
}

function RingTime({ since }: { readonly since: number | null }): ReactNode {
  const { t } = useText();
  const elapsed = formatClock(useElapsed(since));
  return (
    <span role="timer" aria-label={t('phone.ringing-for', { time: elapsed })}>
      {elapsed}
    </span>
  );
}
