import { useEffect, useState, type ReactNode } from 'react';
import type { Story } from '../../src-shared/story/story';
import { ask } from '../bridge/ask';
import { failureFrom, type ShownFailure } from '../bridge/failure-from';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { Notice } from '../components/Notice/Notice';
import { useRecentCallStore } from '../stores/recent-call-store';
import { useStoryStore } from '../stores/story-store';
import { closeSheet, useViewStore } from '../stores/view-store';
import { useText } from '../text/text';
import { StoryView } from './StoryView';

/** The story of a call as a sheet over the window; Escape closes it. */
export function StorySheet(): ReactNode {
  const isOpen = useViewStore(state => state.sheet === 'story');
  const callId = useStoryStore(state => state.callId);
  return isOpen && callId !== null ? <OpenStory key={callId} callId={callId} /> : null;
}

type Fetched = { readonly story: Story } | { readonly failure: ShownFailure } | null;

function OpenStory({ callId }: { readonly callId: string }): ReactNode {
  const { t } = useText();
  const [fetched, setFetched] = useState<Fetched>(null);
  // A call that goes on is written anew: so is its story.
  const written = useRecentCallStore(state => state.calls?.find(call => call.callId === callId) ?? null);
  const version = `${written?.answeredAt ?? ''} ${written?.endedAt ?? ''}`;
  useEffect(() => {
    let isWanted = true;
    const show = (next: Fetched): void => {
      if (isWanted) setFetched(next);
    };
    ask('call.story', { callId }).then(
      story => show({ story }),
      (error: unknown) => show({ failure: failureFrom(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [callId, version]);
  const close = (): void => closeSheet('story');
  return (
    <Dialog
      title={t('story.title')}
      isOpen
      onClose={close}
      actions={
        <Button look="primary" onClick={close}>
          {t('common.close')}
        </Button>
      }
    >
      {fetched === null && <output>{t('story.loading')}</output>}
      {fetched !== null && 'story' in fetched && <StoryView story={fetched.story} />}
      {fetched !== null && 'failure' in fetched && (
        <Notice kind="error" urgency="alert" title={t(`errors.${fetched.failure.code}.what`, fetched.failure.params)}>
          {t(`errors.${fetched.failure.code}.next`, fetched.failure.params)}
        </Notice>
      )}
    </Dialog>
  );
}
