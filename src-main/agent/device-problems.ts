import type { GateProblem } from '../../src-shared/agent/gate-problem';
import type { AudioDevices } from '../../src-shared/audio/audio-device';
import type { Settings } from '../../src-shared/settings/settings';

type ChosenDevices = Pick<Settings, 'microphoneId' | 'speakerId' | 'ringerId'>;

/** Parts of the sound that do not work. Which device is the system's default is none of our business: it may change at any time. Pure. */
export function deviceProblems(audio: AudioDevices, chosen: ChosenDevices): readonly GateProblem[] {
  const isGone = (id: string | null): boolean => id !== null && !audio.devices.some(device => device.id === id);
  const problems: GateProblem[] = [];
  if (audio.microphone === 'denied') problems.push('microphone-denied');
  else if (!audio.devices.some(({ kind }) => kind === 'microphone')) problems.push('microphone-missing');
  else if (isGone(chosen.microphoneId)) problems.push('microphone-gone');
  else if (audio.microphone === 'busy') problems.push('microphone-busy');
  else if (audio.microphone === 'missing') problems.push('microphone-missing');
  if (audio.speaker === 'missing') problems.push('speaker-missing');
  else {
    if (isGone(chosen.speakerId)) problems.push('speaker-gone');
    if (isGone(chosen.ringerId)) problems.push('ringer-gone');
  }
  return problems;
}
