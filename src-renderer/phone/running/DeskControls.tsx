import { Pause, PhoneOff, Play } from 'lucide-react';
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
  const isHeldHere = orders.may.has('resume');
  return (
    <div className={styles['controls']}>
      <p className={styles['note']}>{t(noteKey(call))}</p>
      <div className={styles['call']}>
        <Button
          className={styles['hold']}
          data-warns={isHeldHere || undefined}
          isDisabled={!orders.may.has('hold') && !isHeldHere}
          isPending={call.pendingAction === 'hold' || call.pendingAction === 'resume'}
          icon={isHeldHere ? <Play size={18} aria-hidden="true" /> : <Pause size={18} aria-hidden="true" />}
          onClick={orders.toggleHold}
        >
          {t(isHeldHere ? 'phone.resume' : 'phone.hold')}
        </Button>
        <Button
          look="danger"
          isDisabled={!orders.may.has('hang-up')}
          isPending={call.pendingAction === 'hang-up'}
          icon={<PhoneOff size={18} aria-hidden="true" />}
          onClick={orders.hangUp}
        >
          {t('phone.hang-up')}
        </Button>
      </div>
      <SendControls call={call} />
    </div>
  );
}

function noteKey(call: Call): `desk-phone.${'pick-up' | 'resume-there' | 'resume-here' | 'handle-there'}` {
  if (call.state === 'dialing') return 'desk-phone.pick-up';
  if (call.heldBy.includes('phone')) return 'desk-phone.resume-there';
  return call.heldBy.includes('agent') ? 'desk-phone.resume-here' : 'desk-phone.handle-there';
}
