import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { afterPaint } from './bridge/after-paint';
import { stampPainted } from './bridge/bench-stamp';
import { Toasts } from './shell/Toasts';
import { OpeningScreen } from './shell/OpeningScreen';
import { useAppearance } from './shell/use-appearance';
import { useSnapshot } from './shell/use-snapshot';
import { SignInScreen } from './sign-in/SignInScreen';
import { useSessionStore } from './stores/session-store';
import { useText } from './text/text';

const loadShell = async () => ({ default: (await import('./shell/AgentShell')).AgentShell });
/** Nobody is signed in at the start: what comes after sign-in is fetched while the name is being typed. */
const AgentShell = lazy(loadShell);

/** The agent window: nothing before the first snapshot, then sign-in or the phone. */
export function App(): ReactNode {
  const snapshot = useSnapshot();
  const session = useSessionStore(state => state.session);
  const { language } = useText();
  useAppearance();
  const isReady = session !== null && snapshot.state === 'applied';
  return (
    <I18nProvider locale={language}>
      {!isReady && <OpeningScreen snapshot={snapshot} />}
      {isReady && (
        <Suspense>
          {session.agent === null ? (
            <SignInScreen endedBecause={session.endedBecause} />
          ) : (
            <AgentShell agent={session.agent} />
          )}
          <OnScreen />
        </Suspense>
      )}
      <Toasts />
    </I18nProvider>
  );
}

/** Mounted together with the first screen that is of use. Draws nothing. */
function OnScreen(): null {
  useEffect(() => {
    document.documentElement.dataset['ready'] = 'true';
    stampPainted('shell');
    afterPaint(() => void loadShell());
  }, []);
  return null;
}
