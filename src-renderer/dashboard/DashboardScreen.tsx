import { AudioLines } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { WithTooltip } from '../components/Tooltip/WithTooltip';
import { WaitingCallers } from '../queues/WaitingCallers';
import { ScreenTitle } from '../shell/ScreenTitle';
import { useText } from '../text/text';
import { DashboardNotices } from './DashboardNotices';
import { MyFigures } from './figures/MyFigures';
import { RecentCalls } from './RecentCalls';
import styles from './DashboardScreen.module.css';

/** The first screen after sign-in: what needs attention, and the calls so far. */
export function DashboardScreen({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const { t } = useText();
  return (
    <div className={styles['dashboard']}>
      <ScreenTitle
        title={t('dashboard.welcome', { company: agent.account.company })}
        agent={agent}
        action={
          <WithTooltip text={t('dashboard.test-call-note')}>
            <Button
              icon={<AudioLines size={16} aria-hidden="true" />}
              onClick={() => void askAndTell('call.dial-echo', {})}
            >
              {t('dashboard.test-call')}
            </Button>
          </WithTooltip>
        }
      />
      <DashboardNotices extension={agent.extension} />
      <WaitingCallers />
      <MyFigures />
      <RecentCalls agent={agent} />
    </div>
  );
}
