import { Timer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { WrapUpForm } from '../../src-shared/ipc/wrap-up-view';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { useLocalMoment } from '../stores/agent-store';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { useElapsed } from '../text/use-elapsed';

/** How much time is left, and more of it for the asking. */
export function WrapUpTime({ running }: { readonly running: WrapUpForm['running'] }): ReactNode {
  const { t } = useText();
  const startedAt = useLocalMoment(running?.startedAt ?? null);
  const elapsed = useElapsed(startedAt);
  const [isPending, setIsPending] = useState(false);
  if (running === null) return null;
  const leftMs = running.endsAt - running.startedAt - elapsed;
  const extend = async (): Promise<void> => {
    setIsPending(true);
    await askAndTell('wrap-up.extend', {});
    setIsPending(false);
  };
  return (
    <>
      <span role="timer" data-testid="wrap-up-time">
        {t('wrap-up.left', { time: formatClock(leftMs) })}
      </span>
      {running.extensionsLeft > 0 && (
        <Button
          size="small"
          icon={<Timer size={14} aria-hidden="true" />}
          isPending={isPending}
          onClick={() => void extend()}
        >
          {t('wrap-up.extend')}
        </Button>
      )}
    </>
  );
}
