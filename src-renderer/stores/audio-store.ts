import { create } from 'zustand';
import type { GateProblem } from '../../src-shared/agent/gate-problem';
import { noAudioDevices, type AudioDevices } from '../../src-shared/audio/audio-device';

/** Mirror of the sound hardware as the engine sees it. */
export const useAudioStore = create<{ readonly audio: AudioDevices; readonly gateProblems: readonly GateProblem[] }>(
  () => ({
    audio: noAudioDevices,
    gateProblems: [],
  }),
);

/** Loudness from 0 to 1, ten times a second while watched. */
export const useLevelStore = create<{ readonly microphone: number; readonly speaker: number }>(() => ({
  microphone: 0,
  speaker: 0,
}));
