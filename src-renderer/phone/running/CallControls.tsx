import { Grid3x3, Mic, MicOff, Pause, PhoneOff, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { Button } from '../../components/Button/Button';
import { useText } from '../../text/text';
import { setKeypadOpen, useViewStore } from '../../stores/view-store';
import { useCallActions } from '../use-call-actions';
import { SendControls } from './SendControls';
import styles from './CallControls.module.css';

/** Mute, hold, keypad and, always at the same place, hang up. */
export function CallControls({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const orders = useCallActions(call);
  const isKeypadOpen = useViewStore(state => state.isKeypadOpen);
  const isHeld = orders.may.has('resume');
  const holdPending = call.pendingAction === 'hold' || call.pendingAction === 'resume';
  return (
    <div className={styles['controls']}>
      <Button
        className={styles['control']}
        data-warns={call.isMuted || undefined}
        aria-pressed={call.isMuted}
        isDisabled={!orders.may.has('mute')}
        isPending={call.pendingAction === 'mute'}
        icon={call.isMuted ? <MicOff size={20} aria-hidden="true" /> : <Mic size={20} aria-hidden="true" />}
        onClick={orders.toggleMute}
      >
        {t('phone.mute')}
      </Button>
      <Button
        className={styles['control']}
        data-warns={isHeld || undefined}
        isDisabled={!orders.may.has('hold') && !isHeld}
        isPending={holdPending}
        icon={isHeld ? <Play size={20} aria-hidden="true" /> : <Pause size={20} aria-hidden="true" />}
        onClick={orders.toggleHold}
      >
        {t(isHeld ? 'phone.resume' : 'phone.hold')}
      </Button>
      <Button
        className={styles['control']}
        aria-expanded={isKeypadOpen}
        data-open={isKeypadOpen || undefined}
        isDisabled={!orders.may.has('dtmf')}
        icon={<Grid3x3 size={20} aria-hidden="true" />}
        onClick={() => setKeypadOpen(!isKeypadOpen)}
      >
        {t('phone.keypad')}
      </Button>
      <Button
        className={styles['hang-up']}
        look="danger"
        size="large"
        isDisabled={!orders.may.has('hang-up')}
        isPending={call.pendingAction === 'hang-up' || call.state === 'ending'}
        icon={<PhoneOff size={18} aria-hidden="true" />}
        onClick={orders.hangUp}
      >
        {t('phone.hang-up')}
      </Button>
      <SendControls call={call} />
    </div>
  );
}
