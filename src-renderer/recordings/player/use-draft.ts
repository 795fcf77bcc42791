import { useEffect, useRef, useState } from 'react';
import type { RecordingDraft } from '../../../src-shared/ipc/opened-recording';
import { askAndTell } from '../../bridge/ask-and-tell';

const nothing: RecordingDraft = { note: '', noteAtMs: 0, points: {}, comment: '' };
/** A pause in typing. */
const pauseMs = 300;

/** What is being written about a recording: kept at each pause, and when the player closes, until it is saved. */
export function useDraft(recordingId: string, kept: RecordingDraft | null) {
  const [draft, setDraft] = useState(kept ?? nothing);
  const unkept = useRef<RecordingDraft | null>(null);
  const timer = useRef(0);
  const keep = (): void => {
    clearTimeout(timer.current);
    if (unkept.current !== null) void askAndTell('recordings.draft', { recordingId, draft: unkept.current });
    unkept.current = null;
  };
  const keepNow = useRef(keep);
  useEffect(() => () => keepNow.current(), []);
  const write = (part: Partial<RecordingDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    unkept.current = next;
    clearTimeout(timer.current);
    timer.current = window.setTimeout(keep, pauseMs);
  };
  return { draft, write };
}
export type Draft = ReturnType<typeof useDraft>;
