import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Peaks } from '../../../src-shared/recordings/peaks';
import { afterSilence, silencesIn, type Span } from './silences';
import { useChannels } from './use-channels';
import { useLoop } from './use-loop';

/** Speeds that can be chosen; the voice keeps its pitch at each. */
export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;

let loads = 0;
/** Another address for each loading: what the browser was once told of an address, also that it is empty, it tells again. */
function load(audio: HTMLAudioElement, recordingId: string): void {
  loads += 1;
  audio.src = `desk-recording://one/${recordingId}?${loads}`;
}

/** A recording that is not played: nothing plays until somebody says so (S201). Nothing of it is loaded either. */
function audioOf(recordingId: string): HTMLAudioElement {
  const audio = new Audio();
  audio.crossOrigin = 'anonymous';
  audio.preload = 'none';
  audio.preservesPitch = true;
  load(audio, recordingId);
  return audio;
}
/** Length and beginning; the rest when it plays. */
const loadFacts = (audio: HTMLAudioElement): void => void (audio.preload = 'metadata');
/** Up to a thousandth before the end: from the end of a file that was cut in the middle of a sample, nothing can be read. */
function placeAt(audio: HTMLAudioElement, atMs: number): void {
  const last = Math.max(0, audio.duration - 0.001);
  audio.currentTime = atMs / 1000 > last ? last : atMs / 1000;
}
const isAtEnd = (audio: HTMLAudioElement): boolean => audio.duration - audio.currentTime < 0.002;
const atOf = (audio: HTMLAudioElement): number => (isAtEnd(audio) ? audio.duration : audio.currentTime) * 1000;
const playAt = (audio: HTMLAudioElement, speed: number): void => void (audio.playbackRate = speed);

/** The sound of one recording. */
export function usePlayer(recordingId: string, durationMs: number, peaks: Peaks | null | undefined) {
  const audio = useMemo(() => audioOf(recordingId), [recordingId]);
  // The sound comes after the picture: what is seen at once does not wait for what is heard later.
  useEffect(() => {
    if (peaks !== undefined) loadFacts(audio);
  }, [audio, peaks]);
  const heard = useHeard(audio);
  const { setAtMs, setIsBroken, atMs } = heard;
  const [speed, setShownSpeed] = useState(1);
  const [skipsSilence, setSkipsSilence] = useState(false);
  const { volumes, setVolume, wake } = useChannels(audio);
  const silences = useMemo(() => (peaks ? silencesIn(peaks) : []), [peaks]);
  const { loop, loopFromMs, markLoop } = useLoop(atMs);
  useFollowing(audio, { isPlaying: heard.isPlaying, loop, silences: skipsSilence ? silences : [], show: setAtMs });
  const seek = useCallback(
    (to: number): void => {
      const wanted = Math.max(0, Math.min(durationMs, to));
      placeAt(audio, wanted);
      setAtMs(wanted);
    },
    [audio, durationMs, setAtMs],
  );
  const play = (): void =>
    void audio.play().catch((error: unknown) => {
      // Another loading or a pause came in between: nothing is broken.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setIsBroken(true);
    });
  return {
    audio,
    isPlaying: heard.isPlaying,
    atMs,
    speed,
    skipsSilence,
    loop,
    /** Where a loop that has no end yet begins. */
    loopFromMs,
    /** What is not here could not be fetched. */
    isBroken: heard.isBroken,
    volumes,
    seek,
    setSkipsSilence,
    setVolume,
    markLoop,
    toggle: (): void => {
      if (audio.paused) void wake().then(play);
      else audio.pause();
    },
    setSpeed: (next: number): void => {
      playAt(audio, next);
      setShownSpeed(next);
    },
    /** Loads again from where it stopped. */
    goOn: (): void => {
      const wasPlaying = !audio.paused;
      setIsBroken(false);
      load(audio, recordingId);
      placeAt(audio, atMs);
      if (wasPlaying) play();
    },
  };
}
export type Player = ReturnType<typeof usePlayer>;

/** What the element tells of itself. */
function useHeard(audio: HTMLAudioElement) {
  const [isPlaying, setIsPlaying] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const [atMs, setAtMs] = useState(0);
  useEffect(() => {
    const place = (): void => setAtMs(atOf(audio));
    const listeners = {
      play: () => setIsPlaying(true),
      pause: () => setIsPlaying(false),
      seeked: place,
      timeupdate: place,
      error: () => setIsBroken(true),
    };
    for (const [name, listener] of Object.entries(listeners)) audio.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) audio.removeEventListener(name, listener);
      audio.pause();
    };
  }, [audio]);
  return { isPlaying, isBroken, setIsBroken, atMs, setAtMs };
}

interface Following {
  readonly isPlaying: boolean;
  readonly loop: Span | null;
  readonly silences: readonly Span[];
  readonly show: (atMs: number) => void;
}

/** While it plays: the place on screen with every frame, the end of a loop, the end of a silence. */
function useFollowing(audio: HTMLAudioElement, { isPlaying, loop, silences, show }: Following): void {
  useEffect(() => {
    if (!isPlaying) return undefined;
    let frame = 0;
    const follow = (): void => {
      const at = audio.currentTime * 1000;
      if (loop !== null && (at >= loop.toMs || at < loop.fromMs - 500)) placeAt(audio, loop.fromMs);
      else {
        const next = afterSilence(silences, at);
        if (next !== null) placeAt(audio, next);
      }
      show(atOf(audio));
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [audio, isPlaying, loop, silences, show]);
}
