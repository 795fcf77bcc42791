import { useEffect, useRef, useState } from 'react';
import { useSpeaker } from './use-speaker';

type Gains = readonly [GainNode, GainNode];
type Volumes = readonly [customer: number, agent: number];

/** Customer and agent have a channel each: both are heard in both ears, each as loud as wanted. */
export function useChannels(audio: HTMLAudioElement) {
  const [volumes, setVolumes] = useState<Volumes>([1, 1]);
  const context = useRef<AudioContext | null>(null);
  const gains = useRef<Gains | null>(null);
  const toSpeaker = useSpeaker(context);
  useEffect(
    () => () => {
      void context.current?.close();
      context.current = null;
    },
    [audio],
  );
  /** With the first wish to hear something: before that no sound card is opened. */
  const wake = async (): Promise<void> => {
    if (context.current === null) {
      const made = new AudioContext();
      context.current = made;
      gains.current = gainsIn(made, audio, volumes);
      await toSpeaker();
    }
    await context.current?.resume();
  };
  const setVolume = (channel: 0 | 1, volume: number): void => {
    setVolumes(now => (channel === 0 ? [volume, now[1]] : [now[0], volume]));
    const gain = gains.current?.[channel];
    if (gain) loud(gain, volume);
  };
  return { volumes, setVolume, wake };
}

const loud = (gain: GainNode, volume: number): void => void gain.gain.setValueAtTime(volume, gain.context.currentTime);

function gainsIn(context: AudioContext, audio: HTMLAudioElement, volumes: Volumes): Gains {
  const splitter = context.createChannelSplitter(2);
  context.createMediaElementSource(audio).connect(splitter);
  const gainOf = (channel: 0 | 1): GainNode => {
    const gain = context.createGain();
    loud(gain, volumes[channel]);
    splitter.connect(gain, channel);
    gain.connect(context.destination);
    return gain;
  };
  return [gainOf(0), gainOf(1)];
}
