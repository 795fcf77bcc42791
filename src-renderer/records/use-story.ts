import { useEffect, useState } from 'react';
import type { Story } from '../../src-shared/story/story';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';

interface Told {
  readonly story: Story | null;
  /** Why it is not told, for example because the server does not answer. */
  readonly failure: ShownFailure | null;
}

/** What happened in a call; null is no call. */
export function useStory(callId: string | null): Told {
  const [told, setTold] = useState<Told>({ story: null, failure: null });
  useEffect(() => {
    let isShown = true;
    if (callId !== null)
      ask('records.story', { callId })
        .then(story => isShown && setTold({ story, failure: null }))
        .catch((error: unknown) => isShown && setTold({ story: null, failure: failureFrom(error) }));
    return () => void (isShown = false);
  }, [callId]);
  return told;
}
