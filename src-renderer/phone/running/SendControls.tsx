import { Forward, Headphones } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { sendableCall } from '../../actions/transfer-actions';
import { Button } from '../../components/Button/Button';
import { useCallStore } from '../../stores/call-store';
import { openSheet } from '../../stores/view-store';
import { useText } from '../../text/text';
import styles from './CallControls.module.css';

/** Who else could help, or take over. Below hang up, which never moves. */
export function SendControls({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const calls = useCallStore(state => state.calls);
  return (
    <div className={styles['sending']}>
      <Button
        isDisabled={sendableCall(calls, 'consult')?.id !== call.id}
        isPending={call.pendingAction === 'consult'}
        icon={<Headphones size={16} aria-hidden="true" />}
        onClick={() => openSheet('consult')}
      >
        {t('transfer.consult')}
      </Button>
      <Button
        isDisabled={sendableCall(calls, 'transfer')?.id !== call.id}
        isPending={call.pendingAction === 'transfer'}
        icon={<Forward size={16} aria-hidden="true" />}
        onClick={() => openSheet('transfer')}
      >
        {t('transfer.transfer')}
      </Button>
    </div>
  );
}
