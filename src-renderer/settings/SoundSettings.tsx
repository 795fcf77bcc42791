import { Bell, Volume2 } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { ask } from '../bridge/ask';
import { askAndTell } from '../bridge/ask-and-tell';
import { failureFrom } from '../bridge/failure-from';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { Select } from '../components/Select/Select';
import { Slider } from '../components/Slider/Slider';
import { useAudioStore } from '../stores/audio-store';
import { useSettingsStore } from '../stores/settings-store';
import { showFailure } from '../stores/toast-store';
import { formatDecimal } from '../text/format-time';
import { useText } from '../text/text';
import { LevelMeter } from './LevelMeter';
import { SettingsSection } from './SettingsSection';
import { changeSettings } from './change-settings';
import { deviceChoices, idOfChoice, systemDefault } from './device-choices';
import styles from './SoundSettings.module.css';

const tones = ['classic', 'soft'] as const;

/** Microphone, speaker and ringer, with proof that each works. */
export function SoundSettings(): ReactNode {
  const { t } = useText();
  const settings = useSettingsStore(state => state.settings);
  const audio = useAudioStore(state => state.audio);
  useWatchedLevels();
  const names = { systemDefault: t('settings.system-default'), notConnected: t('settings.not-connected') };
  const choicesOf = (kind: 'microphone' | 'speaker', chosen: string | null) =>
    deviceChoices(audio.devices, kind, chosen, names);
  return (
    <SettingsSection title={t('settings.sound')} note={t('settings.sound-note')}>
      <DeviceTrouble />
      <div className={styles['grid']}>
        <Select
          label={t('settings.microphone')}
          choices={choicesOf('microphone', settings.microphoneId)}
          chosen={settings.microphoneId ?? systemDefault}
          onChoose={id => changeSettings({ microphoneId: idOfChoice(id) })}
        />
        <LevelMeter />
        <Select
          label={t('settings.speaker')}
          choices={choicesOf('speaker', settings.speakerId)}
          chosen={settings.speakerId ?? systemDefault}
          onChoose={id => changeSettings({ speakerId: idOfChoice(id) })}
        />
        <Button
          className={styles['beside']}
          icon={<Volume2 size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('audio.play-test', { on: 'speaker' })}
        >
          {t('settings.play-speaker')}
        </Button>
        <Select
          label={t('settings.ringer')}
          note={t('settings.ringer-note')}
          choices={choicesOf('speaker', settings.ringerId)}
          chosen={settings.ringerId ?? systemDefault}
          onChoose={id => changeSettings({ ringerId: idOfChoice(id) })}
        />
        <Button
          className={styles['beside']}
          icon={<Bell size={16} aria-hidden="true" />}
          onClick={() => void askAndTell('audio.play-test', { on: 'ringer' })}
        >
          {t('settings.play-ringer')}
        </Button>
        <RingSettings />
      </div>
    </SettingsSection>
  );
}

/** How loud and with what tone it rings. */
function RingSettings(): ReactNode {
  const { t, language } = useText();
  const settings = useSettingsStore(state => state.settings);
  return (
    <>
      <Slider
        label={t('settings.volume')}
        value={settings.ringVolume}
        shown={value => t('quality.percent', { value: formatDecimal(value * 100, 0, language) })}
        onCommit={ringVolume => changeSettings({ ringVolume })}
      />
      <Select
        label={t('settings.tone')}
        choices={tones.map(id => ({ id, label: t(`settings.tone-${id}`) }))}
        chosen={settings.ringTone}
        onChoose={ringTone => changeSettings({ ringTone })}
      />
    </>
  );
}

/** What keeps the microphone or speaker from working, and the way out. */
function DeviceTrouble(): ReactNode {
  const { t } = useText();
  const { microphone, speaker } = useAudioStore(state => state.audio);
  const trouble = microphone === 'denied' || microphone === 'missing' || microphone === 'busy' ? microphone : null;
  return (
    <>
      {trouble !== null && (
        <Notice kind="error" urgency="alert" title={t(`settings.mic-${trouble}-title`)}>
          {t(`settings.mic-${trouble}`)}
        </Notice>
      )}
      {speaker === 'missing' && (
        <Notice kind="warning" urgency="alert" title={t('settings.speaker-missing-title')}>
          {t('settings.speaker-missing')}
        </Notice>
      )}
    </>
  );
}

/** Levels are measured only while somebody looks at them. */
function useWatchedLevels(): void {
  useEffect(() => {
    const watch = (isOn: boolean): void => {
      ask('audio.watch-levels', { isOn }).catch((error: unknown) => showFailure(failureFrom(error)));
    };
    watch(true);
    return () => watch(false);
  }, []);
}
