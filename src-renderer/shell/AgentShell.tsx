import type { ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { assertNever } from '../../src-shared/base/assert-never';
import { DashboardScreen } from '../dashboard/DashboardScreen';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { CallAnnouncer } from '../phone/CallAnnouncer';
import { PhoneDock } from '../phone/PhoneDock';
import { SettingsScreen } from '../settings/SettingsScreen';
import { useViewStore, type ScreenName } from '../stores/view-store';
import { HelpDialog } from './help/HelpDialog';
import { Rail } from './Rail';
import { WindowTitle } from './WindowTitle';
import { ShellHeader } from './header/ShellHeader';
import styles from './AgentShell.module.css';

/** Header, rail, one screen, and the phone at the end of the line. */
export function AgentShell({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const screen = useViewStore(state => state.screen);
  useShortcuts();
  return (
    <div className={styles['shell']}>
      <ShellHeader agent={agent} />
      <Rail />
      <main className={styles['content']} key={screen}>
        <Screen name={screen} agent={agent} />
      </main>
      <PhoneDock />
      <HelpDialog />
      <CallAnnouncer />
      <WindowTitle />
    </div>
  );
}

function Screen({ name, agent }: { readonly name: ScreenName; readonly agent: AgentProfile }): ReactNode {
  switch (name) {
    case 'dashboard':
      return <DashboardScreen agent={agent} />;
    case 'settings':
      return <SettingsScreen agent={agent} />;
    default:
      return assertNever(name);
  }
}
