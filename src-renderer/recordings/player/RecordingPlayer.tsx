import { Gauge, Pause, Play, Repeat, SkipForward } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { OpenedRecording } from '../../../src-shared/ipc/opened-recording';
import type { Peaks } from '../../../src-shared/recordings/peaks';
import type { Story } from '../../../src-shared/story/story';
import { Button } from '../../components/Button/Button';
import { IconButton } from '../../components/IconButton/IconButton';
import { Menu } from '../../components/Menu/Menu';
import { Slider } from '../../components/Slider/Slider';
import { formatClock, formatDecimal } from '../../text/format-time';
import { useText } from '../../text/text';
import { QualityForm } from './QualityForm';
import { RecordingNotes } from './RecordingNotes';
import { SoundTrouble } from './SoundTrouble';
import { StoryLane } from './StoryLane';
import { useDraft } from './use-draft';
import { speeds, usePlayer, type Player } from './use-player';
import { useWaveform } from './use-waveform';
import styles from './RecordingPlayer.module.css';

interface RecordingPlayerProps {
  readonly opened: OpenedRecording;
  /** undefined: coming; null: there are none. */
  readonly peaks: Peaks | null | undefined;
  readonly story: Story | null;
}

/** Plays one recording, by mouse or by keyboard alone. */
export function RecordingPlayer({ opened, peaks, story }: RecordingPlayerProps): ReactNode {
  const { t } = useText();
  const { recording } = opened;
  const { durationMs } = recording;
  const player = usePlayer(recording.id, durationMs, peaks);
  const draft = useDraft(recording.id, opened.draft);
  const wave = useRef<HTMLDivElement>(null);
  const shape = useMemo(() => (peaks ? { peaks, durationMs } : null), [peaks, durationMs]);
  useWaveform(wave, player.audio, shape);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys for the whole player; each has its button as well
    <fieldset
      className={styles['player']}
      aria-label={t('player.title')}
      data-testid="player"
      data-playing={player.isPlaying || undefined}
      onKeyDown={event => press(event, player, durationMs)}
    >
      <SoundTrouble recordingId={recording.id} player={player} isOffline={opened.isOffline} />
      <StoryLane story={story} recording={recording} notes={opened.notes} onSeek={player.seek} />
      <div ref={wave} className={styles['wave']} data-testid="waveform" />
      <input
        type="range"
        className={styles['seek']}
        aria-label={t('player.position')}
        aria-valuetext={formatClock(player.atMs)}
        min={0}
        max={Math.max(1, durationMs)}
        step={1000}
        value={Math.min(player.atMs, durationMs)}
        onChange={event => player.seek(Number(event.target.value))}
      />
      <Controls player={player} durationMs={durationMs} />
      {!opened.isKept && <p className={styles['note']}>{t('player.not-kept')}</p>}
      {peaks?.channels === 2 && <Channels player={player} />}
      <RecordingNotes
        recordingId={recording.id}
        notes={opened.notes}
        atMs={player.atMs}
        draft={draft}
        onSeek={player.seek}
      />
      {opened.maySetQa && <QualityForm recordingId={recording.id} qa={opened.qa} draft={draft} />}
    </fieldset>
  );
}

/** Keys of the player, unless something is being written or chosen. */
function press(event: KeyboardEvent, player: Player, durationMs: number): void {
  const isWriting =
    event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [role=menu] *');
  if (isWriting || event.ctrlKey || event.altKey || event.metaKey) return;
  const orders: Readonly<Record<string, () => void>> = {
    ' ': player.toggle,
    k: player.toggle,
    ArrowLeft: () => player.seek(player.atMs - 5000),
    ArrowRight: () => player.seek(player.atMs + 5000),
    Home: () => player.seek(0),
    End: () => player.seek(durationMs),
    '<': () => player.setSpeed(nextSpeed(player.speed, -1)),
    '>': () => player.setSpeed(nextSpeed(player.speed, 1)),
    l: player.markLoop,
    s: () => player.setSkipsSilence(!player.skipsSilence),
  };
  const order = orders[event.key];
  if (order === undefined || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return;
  event.preventDefault();
  order();
}
const nextSpeed = (speed: number, step: 1 | -1): number => {
  const at = speeds.findIndex(each => each === speed);
  return speeds[Math.max(0, Math.min(speeds.length - 1, at + step))] ?? 1;
};

function Controls({ player, durationMs }: { readonly player: Player; readonly durationMs: number }): ReactNode {
  const { t, language } = useText();
  const shown = (speed: number): string => t('player.speed-of', { speed: formatDecimal(speed, 2, language) });
  return (
    <div className={styles['controls']}>
      <PlayButton player={player} />
      <span className={styles['time']} data-testid="player-time">
        {formatClock(player.atMs)} / {formatClock(durationMs)}
      </span>
      <span className={styles['gap']} />
      <IconButton
        label={t('player.skip-silence')}
        placement="top"
        aria-pressed={player.skipsSilence}
        onClick={() => player.setSkipsSilence(!player.skipsSilence)}
      >
        <SkipForward size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t(
          player.loop !== null ? 'player.loop-off' : player.loopFromMs === null ? 'player.loop-from' : 'player.loop-to',
        )}
        placement="top"
        aria-pressed={player.loop !== null || player.loopFromMs !== null}
        onClick={player.markLoop}
      >
        <Repeat size={18} aria-hidden="true" />
      </IconButton>
      <Menu
        label={t('player.speed')}
        trigger={
          <span className={styles['speed']}>
            <Gauge size={16} aria-hidden="true" />
            {shown(player.speed)}
          </span>
        }
        groups={[
          {
            id: 'speeds',
            entries: speeds.map(speed => ({
              id: String(speed),
              label: shown(speed),
              isChosen: speed === player.speed,
            })),
          },
        ]}
        onChoose={id => player.setSpeed(Number(id))}
      />
    </div>
  );
}

function PlayButton({ player }: { readonly player: Player }): ReactNode {
  const { t } = useText();
  const playButton = useRef<HTMLButtonElement>(null);
  // The sound comes after the sheet: who opened it with a key plays with the next, unless they went somewhere else meanwhile.
  useEffect(() => {
    if (document.activeElement?.contains(playButton.current) === true) playButton.current?.focus();
  }, []);
  return (
    <Button
      ref={playButton}
      look="primary"
      size="large"
      icon={player.isPlaying ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
      onClick={player.toggle}
    >
      {t(player.isPlaying ? 'player.pause' : 'player.play')}
    </Button>
  );
}

function Channels({ player }: { readonly player: Player }): ReactNode {
  const { t } = useText();
  const shown = (value: number): string => `${Math.round(value * 100)} %`;
  return (
    <div className={styles['channels']}>
      <Slider
        label={t('player.customer')}
        value={player.volumes[0]}
        shown={shown}
        onCommit={volume => player.setVolume(0, volume)}
      />
      <Slider
        label={t('player.agent')}
        value={player.volumes[1]}
        shown={shown}
        onCommit={volume => player.setVolume(1, volume)}
      />
    </div>
  );
}
