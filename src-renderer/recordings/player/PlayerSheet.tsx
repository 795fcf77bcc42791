import { useEffect, useState, type ReactNode } from 'react';
import type { OpenedRecording } from '../../../src-shared/ipc/opened-recording';
import type { Peaks } from '../../../src-shared/recordings/peaks';
import { failureFrom, type ShownFailure } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { Dialog } from '../../components/Dialog/Dialog';
import { Notice } from '../../components/Notice/Notice';
import { partyName } from '../../phone/facts/party-name';
import { useRecordStore } from '../../stores/record-store';
import { closeSheet, useViewStore } from '../../stores/view-store';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { useStory } from '../../records/use-story';
import { downloadRecordings } from '../../records/start-download';
import { askedFor, peaksOf } from './open-recording';
import { RecordingPlayer } from './RecordingPlayer';
import styles from './RecordingPlayer.module.css';

/** The player, over whatever screen it was opened from. */
export function PlayerSheet(): ReactNode {
  const isOpen = useViewStore(state => state.sheet === 'player');
  const recordingId = useViewStore(state => state.recordingId);
  return isOpen && recordingId !== null ? <OpenedPlayer key={recordingId} recordingId={recordingId} /> : null;
}

function OpenedPlayer({ recordingId }: { readonly recordingId: string }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const { opened, failure, peaks } = useOpened(recordingId);
  const { story } = useStory(opened?.recording.callId ?? null);
  const hasProblem = useRecordStore(({ audio }) => audio?.recordingId === recordingId && audio.problem !== null);
  const close = (): void => closeSheet('player');
  const title =
    opened === null
      ? t('player.title')
      : partyName({ name: opened.recording.remoteName, number: opened.recording.remoteNumber }, t, formatNumber);
  return (
    <Dialog
      title={title}
      isOpen
      size="wide"
      onClose={close}
      actions={
        <>
          {!hasProblem && failure === null && (
            <Button onClick={() => void downloadRecordings([recordingId])}>{t('records.download')}</Button>
          )}
          <Button onClick={close}>{t('common.close')}</Button>
        </>
      }
    >
      {failure !== null && (
        <Notice kind="error" title={t(`errors.${failure.code}.what`, failure.params)} urgency="alert">
          {t(`errors.${failure.code}.next`, failure.params)}
        </Notice>
      )}
      {opened === null && failure === null && (
        <output className={styles['coming']} aria-label={t('player.loading')}>
          <i />
          <i />
          <i />
        </output>
      )}
      {opened !== null && <RecordingPlayer opened={opened} peaks={peaks} story={story} />}
    </Dialog>
  );
}

/** What is known of a recording: each part is shown when it has come, none waits for another. */
function useOpened(recordingId: string) {
  const [opened, setOpened] = useState<OpenedRecording | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  /** undefined: coming. */
  const [peaks, setPeaks] = useState<Peaks | null>();
  useEffect(() => {
    let isShown = true;
    const show = (shape: Peaks | null): void => {
      if (isShown) setPeaks(known => shape ?? known ?? null);
    };
    const asked = askedFor(recordingId);
    void asked.peaks.then(show);
    asked.opened
      .then(answer => {
        if (!isShown) return;
        setOpened(answer);
        if (answer.recording.durationMs < finestMs) void peaksOf(recordingId, 'fine').then(show);
      })
      .catch((error: unknown) => isShown && setFailure(failureFrom(error)));
    return () => void (isShown = false);
  }, [recordingId]);
  return { opened, failure, peaks };
}
/** Shorter ones have fewer seconds than the drawing has points. */
const finestMs = 600_000;
