import { type KeyboardEvent, type ReactNode } from 'react';
import type { WrapUpForm } from '../../src-shared/ipc/wrap-up-view';
import { noteLimit } from '../../src-shared/wrap-up/wrap-up';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { partyName } from '../phone/facts/party-name';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { DispositionPicker } from './DispositionPicker';
import { useWriting } from './use-writing';
import { WrapUpTime } from './WrapUpTime';
import styles from './WrapUpCard.module.css';

interface WrapUpCardProps {
  readonly form: WrapUpForm;
  /** Other calls whose form is not saved. */
  readonly others: number;
}

/** What came of the call: outcome, note, Save. Works by keyboard alone: type, arrows, Enter, note, Control+Enter. */
export function WrapUpCard({ form, others }: WrapUpCardProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const { written, write, isSaving, save } = useWriting(form);
  const name = partyName({ name: form.customerName, number: form.customerNumber }, t, formatNumber);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  };
  return (
    <section
      className={styles['card']}
      aria-label={t('wrap-up.title')}
      data-testid="wrap-up"
      data-call-id={form.callId}
    >
      <div className={styles['head']}>
        <h2 className={styles['kind']}>{t('wrap-up.title')}</h2>
        <WrapUpTime running={form.running} />
      </div>
      <p className={styles['name']} title={name}>
        <bdi>{name}</bdi>
      </p>
      {form.running === null && <p className={styles['over']}>{t('wrap-up.over')}</p>}
      <DispositionPicker
        queueId={form.queueId}
        chosen={written.dispositionId}
        onChoose={dispositionId => write({ dispositionId })}
      />
      <label className={styles['note']}>
        <span>{t('wrap-up.note')}</span>
        <textarea
          data-wrap-up-note
          rows={2}
          maxLength={noteLimit}
          value={written.note}
          onChange={event => write({ note: event.target.value })}
          onKeyDown={press}
        />
      </label>
      <div className={styles['actions']}>
        {form.running === null && (
          <Button look="quiet" onClick={() => void askAndTell('wrap-up.discard', { callId: form.callId })}>
            {t('wrap-up.discard')}
          </Button>
        )}
        <Button look="primary" size="large" className={styles['save']} isPending={isSaving} onClick={save}>
          {t('wrap-up.save')}
        </Button>
      </div>
      {others > 0 && <p className={styles['others']}>{t('wrap-up.others', { count: others })}</p>}
    </section>
  );
}
