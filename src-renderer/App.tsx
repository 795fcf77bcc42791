import { useEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { stampPainted } from './bridge/bench-stamp';
import { AgentShell } from './shell/AgentShell';
import { Toasts } from './shell/Toasts';
import { OpeningScreen } from './shell/OpeningScreen';
import { useAppearance } from './shell/use-appearance';
import { useSnapshot } from './shell/use-snapshot';
import { SignInScreen } from './sign-in/SignInScreen';
import { useSessionStore } from './stores/session-store';
import { useText } from './text/text';

/** The agent window: nothing before the first snapshot, then sign-in or the phone. */
export function App(): ReactNode {
  const snapshot = useSnapshot();
  const session = useSessionStore(state => state.session);
  const { language } = useText();
  useAppearance();
  const isReady = session !== null && snapshot.state === 'applied';
  useEffect(() => {
    if (!isReady) return;
    document.documentElement.dataset['ready'] = 'true';
    stampPainted('shell');
  }, [isReady]);
  return (
    <I18nProvider locale={language}>
      {!isReady && <OpeningScreen snapshot={snapshot} />}
      {isReady &&
        (session.agent === null ? (
          <SignInScreen endedBecause={session.endedBecause} />
        ) : (
          <AgentShell agent={session.agent} />
        ))}
      <Toasts />
    </I18nProvider>
  );
}
