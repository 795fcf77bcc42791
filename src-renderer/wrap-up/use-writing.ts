import { useEffect, useRef, useState } from 'react';
import type { WrapUpForm } from '../../src-shared/ipc/wrap-up-view';
import { askAndTell } from '../bridge/ask-and-tell';

/** A pause of typing: what stands there is put on disk. */
const pauseMs = 400;
interface Writing {
  readonly dispositionId: string | null;
  readonly note: string;
}

/** What is being written of one call. Begins with what is on disk; from then on what is typed counts, and goes to disk at each pause. */
export function useWriting(form: WrapUpForm) {
  const { callId } = form;
  const [written, setWritten] = useState<Writing>({ dispositionId: form.dispositionId, note: form.note });
  const [isSaving, setIsSaving] = useState(false);
  const unkept = useRef<Writing | null>(null);
  const keep = useRef(() => {
    const words = unkept.current;
    unkept.current = null;
    if (words !== null) void askAndTell('wrap-up.draft', { callId, ...words });
  });
  useEffect(() => {
    if (unkept.current === null) return undefined;
    const timer = window.setTimeout(keep.current, pauseMs);
    return () => window.clearTimeout(timer);
  }, [written]);
  useEffect(() => keep.current, []); // a call that rings takes the place of the form: its last words go to disk
  const write = (change: Partial<Writing>): void => {
    const words = { ...written, ...change };
    unkept.current = words;
    setWritten(words);
  };
  const save = (): void => {
    if (isSaving) return;
    unkept.current = null;
    setIsSaving(true);
    void askAndTell('wrap-up.save', { callId, ...written }).then(() => setIsSaving(false));
  };
  return { written, write, isSaving, save };
}
