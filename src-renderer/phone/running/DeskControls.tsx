import { PhoneOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { Button } from '../../components/Button/Button';
import { useText } from '../../text/text';
import { useCallActions } from '../use-call-actions';
import { SendControls } from './SendControls';
import styles from './DeskControls.module.css';

/** What the centre does with a call at the phone on the desk, and a word on what is done there. Nothing that it cannot do is shown. */
export function DeskControls({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const orders = useCallActions(call);
  return (
    <div className={styles['controls']}>
      <p className={styles['note']}>{t(noteKey(call))}</p>
      <Button
        look="danger"
        size="large"
        isDisabled={!orders.may.has('hang-up')}
        isPending={call.pendingAction === 'hang-up'}
        icon={<PhoneOff size={18} aria-hidden="true" />}
        onClick={orders.hangUp}
      >
        {t('phone.hang-up')}
      </Button>
      <SendControls call={call} />
    </div>
  );
}

function noteKey(call: Call): `desk-phone.${'pick-up' | 'resume-there' | 'handle-there'}` {
  if (call.state === 'dialing') return 'desk-phone.pick-up';
  return call.heldBy.includes('agent') ? 'desk-phone.resume-there' : 'desk-phone.handle-there';
}
