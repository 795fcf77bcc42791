import type { ReactNode } from 'react';
import type { Call } from '../../src-shared/call/call';
import type { ConsultedCustomer } from '../../src-shared/ipc/consulted-view';
import { useAfterPaint } from '../bridge/use-after-paint';
import { partyName } from '../phone/facts/party-name';
import { useAgentStore } from '../stores/agent-store';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';
import { usePhoneFormat } from '../text/use-phone-format';
import { EarlierCalls } from './EarlierCalls';
import { useConsulted } from './use-consulted';
import styles from './ConsultedCard.module.css';

interface ConsultedCardProps {
  readonly incoming: Call | null;
  readonly main: Call | null;
  readonly other: Call | null;
}

/** Whom a colleague asks about: beside the ringing call, in the call, and as long as the customer is here afterwards. */
export function ConsultedCard({ incoming, main, other }: ConsultedCardProps): ReactNode {
  // The ringing call is drawn first.
  const customer = useAfterPaint(useConsulted([incoming, main, other]));
  if (customer === null) return null;
  const isSent = [incoming, main, other].some(call => call?.centralCallId === customer.callId);
  return <Customer key={customer.callId} about={customer} isSent={isSent} />;
}

/** @param isSent without being asked first */
function Customer({ about, isSent }: { readonly about: ConsultedCustomer; readonly isSent: boolean }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const { card, customer, by, hasCustomer, reason } = about;
  const known = { number: customer.number, name: card?.name ?? customer.name };
  const name = partyName(known, t, formatNumber);
  const from = t(`consulted.${hasCustomer ? 'has' : isSent ? 'sends' : 'asks'}`, { name: by.name });
  return (
    <section
      className={styles['card']}
      aria-labelledby="consulted-name"
      data-testid="consulted"
      data-call-id={about.callId}
      data-state={hasCustomer ? 'here' : 'asked'}
    >
      <p className={styles['kind']}>{from}</p>
      <h3 id="consulted-name" className={styles['name']} title={name}>
        <bdi>{name}</bdi>
      </h3>
      {reason === '' ? (
        <p className={styles['no-reason']}>{t('consulted.no-reason')}</p>
      ) : (
        <blockquote className={styles['reason']} aria-label={t('consulted.reason')} data-testid="consulted-reason">
          <bdi>{reason}</bdi>
        </blockquote>
      )}
      <p className={styles['details']}>
        {[card?.company ?? null, known.name === null ? null : formatNumber(customer.number)]
          .filter(detail => detail !== null && detail !== '')
          .map(detail => (
            <bdi key={detail}>{detail}</bdi>
          ))}
      </p>
      <Times about={about} />
      <EarlierCalls card={card} />
    </section>
  );
}

function Times({ about }: { readonly about: ConsultedCustomer }): ReactNode {
  const { t } = useText();
  const aheadMs = useAgentStore(state => state.clockAheadMs);
  const inCall = useElapsed(about.startedAt - aheadMs);
  const parts = [
    about.queueName === null ? null : t('consulted.queue', { name: about.queueName }),
    about.waitedMs < 1000 ? null : t('consulted.waited', { time: formatClock(about.waitedMs) }),
    t('consulted.in-call', { time: formatClock(inCall) }),
  ].filter(part => part !== null);
  return (
    <ul className={styles['times']} data-testid="consulted-times">
      {parts.map(part => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}
