import { z } from 'zod';

export const audioDevice = z.object({ id: z.string(), label: z.string(), kind: z.enum(['microphone', 'speaker']) });
export type AudioDevice = Readonly<z.infer<typeof audioDevice>>;

/** What the engine knows of the sound hardware, after every change. */
export const audioDevices = z.object({
  devices: z.array(audioDevice),
  microphone: z.enum(['unknown', 'ready', 'denied', 'missing', 'busy']),
  speaker: z.enum(['ready', 'missing']),
  /** The device really in use, by id; null for the system's default. A chosen device that is unplugged falls back to it. */
  inUse: z.object({
    microphoneId: z.string().nullable(),
    speakerId: z.string().nullable(),
    ringerId: z.string().nullable(),
  }),
});
export type AudioDevices = Readonly<z.infer<typeof audioDevices>>;
export const noAudioDevices: AudioDevices = {
  devices: [],
  microphone: 'unknown',
  speaker: 'missing',
  inUse: { microphoneId: null, speakerId: null, ringerId: null },
};
