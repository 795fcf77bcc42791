import type { ReactNode } from 'react';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { assertNever } from '../../src-shared/base/assert-never';
import { StateAnnouncer } from '../agent-status/StateAnnouncer';
import { CallsScreen } from '../calls/CallsScreen';
import { DashboardScreen } from '../dashboard/DashboardScreen';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { CommandPalette } from '../palette/CommandPalette';
import { CallAnnouncer } from '../phone/CallAnnouncer';
import { SendDialog } from '../phone/transfer/SendDialog';
import { PhoneDock } from '../phone/PhoneDock';
import { PlayerSheet } from '../recordings/player/PlayerSheet';
import { RecordingsScreen } from '../recordings/RecordingsScreen';
import { TransferList } from '../records/TransferList';
import { SettingsScreen } from '../settings/SettingsScreen';
import { StorySheet } from '../story/StorySheet';
import { useViewStore, type ScreenName } from '../stores/view-store';
import { useDesktopStore } from '../stores/desktop-store';
import { HelpPanel } from './help/HelpPanel';
import { ReportDialog } from './help/ReportDialog';
import { ShortcutSheet } from './help/ShortcutSheet';
import { SupportFooter } from './help/SupportFooter';
import { IdleDialog } from './IdleDialog';
import { Rail } from './Rail';
import { SignOutDialog } from './SignOutDialog';
import { useClearView } from './use-clear-view';
import { WindowTitle } from './WindowTitle';
import { ShellHeader } from './header/ShellHeader';
import styles from './AgentShell.module.css';

/** Header, rail, one screen, and the phone at the end of the line; in the small window the phone alone, the rest waits unseen. */
export function AgentShell({ agent }: { readonly agent: AgentProfile }): ReactNode {
  const screen = useViewStore(state => state.screen);
  const isCompact = useDesktopStore(state => state.window.isCompact);
  useShortcuts();
  useClearView();
  return (
    <div className={styles['shell']} data-compact={isCompact || undefined}>
      <ShellHeader agent={agent} isCompact={isCompact} />
      <Rail />
      <main className={styles['content']} key={screen}>
        <Screen name={screen} agent={agent} />
      </main>
      <PhoneDock />
      <SupportFooter />
      <HelpPanel />
      <CommandPalette />
      <SendDialog />
      <ShortcutSheet />
      <PlayerSheet />
      <TransferList />
      <StorySheet />
      <ReportDialog />
      <SignOutDialog />
      <IdleDialog />
      <CallAnnouncer />
      <StateAnnouncer />
      <WindowTitle />
    </div>
  );
}

function Screen({ name, agent }: { readonly name: ScreenName; readonly agent: AgentProfile }): ReactNode {
  switch (name) {
    case 'dashboard':
      return <DashboardScreen agent={agent} />;
    case 'calls':
      return <CallsScreen agent={agent} />;
    case 'recordings':
      return <RecordingsScreen agent={agent} />;
    case 'settings':
      return <SettingsScreen agent={agent} />;
    default:
      return assertNever(name);
  }
}
