import { create } from 'zustand';
import { openSheet } from './view-store';

/** Which call's story lies over the window. */
export const useStoryStore = create<{ readonly callId: string | null }>(() => ({ callId: null }));

/** @param callId its id in the journal */
export function openStory(callId: string): void {
  useStoryStore.setState({ callId });
  openSheet('story');
}
