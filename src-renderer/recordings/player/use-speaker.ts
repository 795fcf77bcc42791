import { useEffect, useRef, type RefObject } from 'react';
import { useAudioStore } from '../../stores/audio-store';

/** What the types of browsers do not know yet. */
type Directed = AudioContext & { setSinkId(id: string): Promise<void> };

/** The loudspeaker that calls are heard on, by its name; null for the system's default. */
const useSpeakerName = (): string | null =>
  useAudioStore(({ audio }) => audio.devices.find(({ id }) => id === audio.inUse.speakerId)?.label ?? null);

/** Its id in this page: browsers give every page others for the same devices. Empty for the system's default. */
async function idOf(name: string | null): Promise<string> {
  if (name === null) return '';
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.find(({ kind, label }) => kind === 'audiooutput' && label === name)?.deviceId ?? '';
}

async function direct(context: AudioContext, name: string | null): Promise<void> {
  try {
    const id = await idOf(name);
    if (context.state !== 'closed') await (context as Directed).setSinkId(id);
  } catch {
    // Pulled out in this moment: the system's default plays on.
  }
}

/** Recordings are heard where calls are heard, also when that changes. @returns to be waited for before the first sound */
export function useSpeaker(context: RefObject<AudioContext | null>): () => Promise<void> {
  const name = useSpeakerName();
  const newest = useRef(name);
  useEffect(() => {
    newest.current = name;
    if (context.current !== null) void direct(context.current, name);
  }, [context, name]);
  return async () => {
    if (context.current !== null) await direct(context.current, newest.current);
  };
}
