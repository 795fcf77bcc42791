import { useEffect, useState, type ReactNode } from 'react';
import { ask } from '../../bridge/ask';
import { Notice } from '../../components/Notice/Notice';
import { useRecordStore } from '../../stores/record-store';
import { useSessionStore } from '../../stores/session-store';
import { useText } from '../../text/text';
import type { Player } from './use-player';

interface SoundTroubleProps {
  readonly recordingId: string;
  readonly player: Player;
  readonly isOffline: boolean;
}

/** The server went away: what is here plays on. It came back: the rest follows. Or there is no more of it, and why. */
export function SoundTrouble({ recordingId, player, isOffline }: SoundTroubleProps): ReactNode {
  const { t } = useText();
  const here = useRecordStore(state => (state.audio?.recordingId === recordingId ? state.audio : null));
  const isOnline = useSessionStore(state => state.session?.server === 'online');
  const { goOn, isBroken } = player;
  const [wasLoadedAgain, setWasLoadedAgain] = useState(false);
  const isLost = here?.isCut === true;
  // Everything that was asked for came, twice, and still it cannot be played.
  const isDamaged = isBroken && wasLoadedAgain && isOnline && !isLost;
  const problem = here?.problem ?? (isDamaged ? 'recording/damaged' : null);
  const isCut = problem === null && (isLost || isBroken);
  useEffect(() => {
    if (!isOnline) setWasLoadedAgain(false);
    if (!isOnline || !isCut) return;
    ask('recordings.go-on', { recordingId })
      .then(() => {
        if (!isBroken) return;
        setWasLoadedAgain(true);
        goOn();
      })
      .catch(() => undefined); // it says so itself, in `recording.audio`
    // oxlint-disable-next-line react/exhaustive-deps -- once for each time the server comes back
  }, [isOnline, isCut]);
  if (problem !== null)
    return (
      <Notice kind="error" title={t(`errors.${problem}.what`)} urgency="alert">
        {t(`errors.${problem}.next`)}
      </Notice>
    );
  if (isOffline)
    return (
      <Notice kind="warning" title={t('player.saved-title')}>
        {t('player.saved')}
      </Notice>
    );
  if (!isCut) return null;
  return (
    <Notice kind="warning" title={t('player.cut-title')} urgency="status">
      {t('player.cut', { percent: Math.round((here?.share ?? 0) * 100) })}
    </Notice>
  );
}
