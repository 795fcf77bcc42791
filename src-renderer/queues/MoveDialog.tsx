import { useState, type ReactNode } from 'react';
import { ask } from '../bridge/ask';
import { failureFrom } from '../bridge/failure-from';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { TextField } from '../components/TextField/TextField';
import { partyName } from '../phone/facts/party-name';
import { sayMoved, useQueueStore, whileMoving } from '../stores/queue-store';
import { showFailure } from '../stores/toast-store';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import styles from './MoveDialog.module.css';

export interface WantedMove {
  readonly queueId: string;
  readonly callId: string;
  readonly position: number;
}
interface MoveDialogProps {
  readonly wanted: WantedMove;
  readonly onWant: (wanted: WantedMove | null) => void;
}
const reasons = ['urgent', 'important', 'again', 'promised'] as const;

/** Where to and why. Everybody who sees the queue sees who moved a caller; the reason is kept by the centre. */
export function MoveDialog({ wanted, onWant }: MoveDialogProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const [reason, setReason] = useState('');
  const queue = useQueueStore(state => state.queues?.find(({ queueId }) => queueId === wanted.queueId));
  const caller = queue?.callers.find(({ callId }) => callId === wanted.callId);
  const count = queue?.callers.length ?? 0;
  const position = Math.min(wanted.position, Math.max(1, count));
  const name = caller === undefined ? '' : partyName(caller, t, formatNumber);
  const canMove = caller !== undefined && reason.trim() !== '' && position !== caller.position;
  const close = (): void => onWant(null);
  const send = async (): Promise<void> => {
    close();
    const { queueId, callId } = wanted;
    try {
      await whileMoving(callId, () => ask('queues.move', { queueId, callId, position, reason: reason.trim() }));
      sayMoved(t('queues.moved', { name, position }));
    } catch (error) {
      showFailure(failureFrom(error));
    }
  };
  return (
    <Dialog
      title={t('queues.move-title', { name })}
      isOpen
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="move-form" isDisabled={!canMove}>
            {t('queues.move')}
          </Button>
        </>
      }
    >
      <form
        id="move-form"
        className={styles['form']}
        onSubmit={event => {
          event.preventDefault();
          if (canMove) void send();
        }}
      >
        {caller === undefined ? (
          <p role="alert">{t('queues.gone')}</p>
        ) : (
          <PlaceField
            from={caller.position}
            to={position}
            count={count}
            onChange={to => onWant({ ...wanted, position: to })}
          />
        )}
        <ReasonField reason={reason} onChange={setReason} />
      </form>
    </Dialog>
  );
}

interface PlaceFieldProps {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly onChange: (to: number) => void;
}

function PlaceField({ from, to, count, onChange }: PlaceFieldProps): ReactNode {
  const { t } = useText();
  return (
    <TextField
      label={t('queues.to-place')}
      note={t('queues.place-note', { from, count })}
      type="number"
      inputMode="numeric"
      min={1}
      max={count}
      value={String(to)}
      onChange={text => {
        const typed = Number.parseInt(text, 10);
        if (typed >= 1) onChange(Math.min(typed, count));
      }}
    />
  );
}

interface ReasonFieldProps {
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

/** The usual reasons at a click, any other in words. */
function ReasonField({ reason, onChange }: ReasonFieldProps): ReactNode {
  const { t } = useText();
  return (
    <>
      <fieldset className={styles['chips']} aria-label={t('queues.reason')}>
        {reasons.map(each => (
          <Button
            key={each}
            size="small"
            aria-pressed={reason === t(`queues.reason-${each}`)}
            onClick={() => onChange(t(`queues.reason-${each}`))}
          >
            {t(`queues.reason-${each}`)}
          </Button>
        ))}
      </fieldset>
      <TextField
        label={t('queues.reason')}
        note={t('queues.reason-note')}
        value={reason}
        onChange={onChange}
        maxLength={200}
        required
      />
    </>
  );
}
