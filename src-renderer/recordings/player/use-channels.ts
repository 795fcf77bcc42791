import { useEffect, useRef, useState } from 'react';

interface Channels {
  readonly context: AudioContext;
  readonly gains: readonly [GainNode, GainNode];
}
type Volumes = readonly [customer: number, agent: number];

/** Customer and agent have a channel each: both are heard in both ears, each as loud as wanted. */
export function useChannels(audio: HTMLAudioElement) {
  const [volumes, setVolumes] = useState<Volumes>([1, 1]);
  const channels = useRef<Channels | null>(null);
  useEffect(
    () => () => {
      void channels.current?.context.close();
      channels.current = null;
    },
    [audio],
  );
  /** With the first wish to hear something: before that no sound card is opened. */
  const wake = (): void => {
    channels.current ??= channelsOf(audio, volumes);
    void channels.current.context.resume();
  };
  const setVolume = (channel: 0 | 1, volume: number): void => {
    setVolumes(now => (channel === 0 ? [volume, now[1]] : [now[0], volume]));
    const gain = channels.current?.gains[channel];
    if (gain) loud(gain, volume);
  };
  return { volumes, setVolume, wake };
}

const loud = (gain: GainNode, volume: number): void => void gain.gain.setValueAtTime(volume, gain.context.currentTime);

function channelsOf(audio: HTMLAudioElement, volumes: Volumes): Channels {
  const context = new AudioContext();
  const splitter = context.createChannelSplitter(2);
  context.createMediaElementSource(audio).connect(splitter);
  const gainOf = (channel: 0 | 1): GainNode => {
    const gain = context.createGain();
    loud(gain, volumes[channel]);
    splitter.connect(gain, channel);
    gain.connect(context.destination);
    return gain;
  };
  return { context, gains: [gainOf(0), gainOf(1)] };
}
