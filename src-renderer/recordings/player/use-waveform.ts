import { useLayoutEffect, type RefObject } from 'react';
// oxlint-disable-next-line no-restricted-imports -- the one file that knows the library
import WaveSurfer from 'wavesurfer.js';
import { coarserPeaks, type Peaks } from '../../../src-shared/recordings/peaks';
import { stampPainted } from '../../bridge/bench-stamp';

/** More than the widest screen has points. */
const mostColumns = 4096;

/** The largest sample of each column, 0 to 1: what is drawn. */
function columnsOf(peaks: Peaks): number[][] {
  const { channels, columns, bytes } =
    peaks.columns > mostColumns ? coarserPeaks(peaks, Math.ceil(peaks.columns / mostColumns)) : peaks;
  return Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: columns }, (__, column) => {
      const at = (column * channels + channel) * 2;
      return Math.max(Math.abs(bytes[at] ?? 0), Math.abs(bytes[at + 1] ?? 0)) / 128;
    }),
  );
}

/** Colours of the theme as the canvas needs them, written out; asked together, the page is laid out once for all. */
function colours<Token extends string>(element: Element, tokens: readonly Token[]): Record<Token, string> {
  const probes = tokens.map(token => {
    const probe = document.createElement('i');
    probe.style.color = `var(${token})`;
    return probe;
  });
  element.append(...probes);
  const written = tokens.map((token, place) => [token, getComputedStyle(probes[place] ?? element).color] as const);
  for (const probe of probes) probe.remove();
  return Object.fromEntries(written) as Record<Token, string>;
}

/**
 * Draws a recording from the shape the server computed: the file is neither fetched nor decoded for it. A click seeks the given player.
 * It is drawn with the first picture of its container, not after it; `data-drawn` of the container says so.
 */
export function useWaveform(
  container: RefObject<HTMLElement | null>,
  audio: HTMLAudioElement,
  shape: { readonly peaks: Peaks; readonly durationMs: number } | null,
): void {
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null || shape === null) return undefined;
    // The property: browsers hide the attribute from scripts.
    const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
    const { peaks, durationMs } = shape;
    const as = colours(element, ['--line-strong', '--accent', '--danger', '--success']);
    const look = { waveColor: as['--line-strong'], progressColor: as['--accent'] };
    const surfer = WaveSurfer.create({
      container: element,
      media: audio,
      peaks: columnsOf(peaks),
      duration: durationMs / 1000,
      height: peaks.channels === 2 ? 44 : 72,
      cursorColor: as['--danger'],
      cursorWidth: 2,
      ...look,
      ...(peaks.channels === 2 ? { splitChannels: [look, { ...look, progressColor: as['--success'] }] } : {}),
      dragToSeek: true,
      hideScrollbar: true,
      ...(nonce === undefined || nonce === '' ? {} : { cspNonce: nonce }),
    });
    surfer.once('redrawcomplete', () => {
      element.dataset['drawn'] = 'true';
      stampPainted('waveform');
    });
    return () => {
      delete element.dataset['drawn'];
      surfer.destroy();
    };
  }, [container, audio, shape]);
}
