import type { ReactNode } from 'react';
import { askForState } from '../agent-status/state-orders';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { useAgentStore } from '../stores/agent-store';
import { useAudioStore } from '../stores/audio-store';
import { openScreen } from '../stores/view-store';
import { useText } from '../text/text';

/** What of the sound does not work and what to do about it; when all is back after a break for it, one click ends the break. */
export function GateNotice(): ReactNode {
  const { t } = useText();
  const problems = useAudioStore(state => state.gateProblems);
  const isPaused = useAgentStore(({ status }) => status.state === 'on-break' && status.reason === 'device');
  if (problems.length > 0)
    return (
      <Notice
        kind="error"
        urgency="alert"
        title={t('gate.title')}
        action={<Button onClick={() => openScreen('settings')}>{t('gate.settings')}</Button>}
      >
        {problems.map(problem => (
          <p key={problem} data-problem={problem}>
            {t(`gate.${problem}.what`)} {t(`gate.${problem}.next`)}
          </p>
        ))}
      </Notice>
    );
  if (!isPaused) return null;
  return (
    <Notice
      kind="success"
      urgency="status"
      title={t('gate.back-title')}
      action={
        <Button look="primary" onClick={() => void askForState({ to: 'available' })}>
          {t('dashboard.become-available')}
        </Button>
      }
    >
      {t('gate.back')}
    </Notice>
  );
}
