import { ArrowLeftRight, CornerUpLeft, Forward, UserCheck, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  allowedPairActions,
  pairOf,
  type CallPair,
  type PairAction,
} from '../../../src-shared/interaction/pair-permissions';
import { askAndTell } from '../../bridge/ask-and-tell';
import { Button } from '../../components/Button/Button';
import { useCallStore } from '../../stores/call-store';
import { useDestinationStore } from '../../stores/destination-store';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { partyName } from '../facts/party-name';
import styles from './ConsultPanel.module.css';

/** What can be done with two calls: one thing first, the others beside it. Below the calls, so that nothing moves. */
export function ConsultPanel(): ReactNode {
  const calls = useCallStore(state => state.calls);
  const interactions = useCallStore(state => state.interactions);
  const pair = pairOf(calls, interactions);
  return pair === null ? null : <PairPanel pair={pair} />;
}

function PairPanel({ pair }: { readonly pair: CallPair }): ReactNode {
  const { t } = useText();
  const { first, second, interaction } = pair;
  const may = allowedPairActions(pair);
  const names = useNames(pair);
  const callId = first.id;
  const willComplete = interaction?.consult?.completesWhenAnswered === true;
  const isPending = interaction?.state === 'transferring' || first.pendingAction === 'merge';
  const isAsking = second.state === 'active' || second.state === 'held';
  const key = interaction === null ? 'two-calls' : isAsking ? 'asking' : 'calling';
  return (
    <section className={styles['panel']} aria-label={t('consult.panel')} data-testid="consult-panel" data-state={key}>
      <p
        className={styles['words']}
        data-moving={interaction?.state === 'transferring' || undefined}
        aria-live="polite"
      >
        {interaction?.state === 'transferring'
          ? t('consult.transferring')
          : t(`consult.${key}`, { name: names.second })}{' '}
        {first.state === 'held' && interaction !== null && t('consult.customer-hears', { name: names.first })}
      </p>
      {may.has('complete') && (
        <Button
          look="primary"
          isPending={isPending}
          icon={<UserCheck size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('consult.complete', { callId })}
        >
          {t('consult.complete', { name: names.second })}
        </Button>
      )}
      {may.has('complete-when-answered') && (
        <Button
          look="primary"
          aria-pressed={willComplete}
          icon={<UserCheck size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('consult.complete-when-answered', { callId, isOn: !willComplete })}
        >
          {t(willComplete ? 'consult.no-longer' : 'consult.complete-when-answered')}
        </Button>
      )}
      <OtherOrders pair={pair} may={may} name={names.first} />
    </section>
  );
}

interface OtherOrdersProps {
  readonly pair: CallPair;
  readonly may: ReadonlySet<PairAction>;
  readonly name: string;
}

function OtherOrders({ pair: { first }, may, name }: OtherOrdersProps): ReactNode {
  const { t } = useText();
  const callId = first.id;
  return (
    <div className={styles['others']}>
      {may.has('return') && (
        <Button
          size="small"
          icon={<CornerUpLeft size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('consult.return', { callId })}
        >
          {t('consult.return', { name: name })}
        </Button>
      )}
      {may.has('transfer-now') && (
        <Button
          size="small"
          icon={<Forward size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('consult.transfer-now', { callId })}
        >
          {t('consult.transfer-now')}
        </Button>
      )}
      {may.has('swap') && (
        <Button
          size="small"
          icon={<ArrowLeftRight size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('calls.swap', {})}
        >
          {t('consult.swap')}
        </Button>
      )}
      {may.has('merge') && (
        <Button
          size="small"
          isPending={first.pendingAction === 'merge'}
          icon={<Users size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('calls.merge', {})}
        >
          {t('consult.merge')}
        </Button>
      )}
    </div>
  );
}

/** The colleague's name is on the list; who is outside is known by the call. */
function useNames({ first, second }: CallPair): { readonly first: string; readonly second: string } {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const destinations = useDestinationStore(state => state.destinations);
  const known = destinations?.find(({ number }) => number === second.remote.number)?.name;
  return {
    first: partyName(first.remote, t, formatNumber),
    second: known ?? partyName(second.remote, t, formatNumber),
  };
}
