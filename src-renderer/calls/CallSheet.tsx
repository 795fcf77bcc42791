import { Phone, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallRecord } from '../../src-shared/calls/call-record';
import { afterPaint } from '../bridge/after-paint';
import { Button } from '../components/Button/Button';
import { Dialog } from '../components/Dialog/Dialog';
import { Notice } from '../components/Notice/Notice';
import { partyName } from '../phone/facts/party-name';
import { useStory } from '../records/use-story';
import { StoryView } from '../story/StoryView';
import { openRecording } from '../recordings/player/open-recording';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { callColumns } from './call-columns';
import { callBack } from './call-back';
import styles from './CallSheet.module.css';

interface CallSheetProps {
  readonly record: CallRecord;
  readonly onClose: () => void;
}

/** One call: what is known of it, what happened in it, its recording. */
export function CallSheet({ record, onClose }: CallSheetProps): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const facts = callColumns({ t, language, formatNumber })
    .filter(({ id }) => id !== 'remoteName')
    .map(({ label, text }) => ({ label, value: text(record) }));
  return (
    <Dialog
      title={partyName({ name: record.remoteName, number: record.remoteNumber }, t, formatNumber)}
      isOpen
      onClose={onClose}
      actions={<Orders record={record} onClose={onClose} />}
    >
      <dl className={styles['facts']}>
        {facts
          .filter(({ value }) => value !== '')
          .map(({ label, value }) => [<dt key={label}>{label}</dt>, <dd key={`${label}=`}>{value}</dd>])}
      </dl>
      <Stretches callId={record.callId} />
    </Dialog>
  );
}

function Orders({ record, onClose }: CallSheetProps): ReactNode {
  const { t } = useText();
  const { recordingId } = record;
  // The list has the keyboard back before anything else opens, and gets it back from there.
  const closeAnd = (run: () => void) => () => {
    onClose();
    afterPaint(() => afterPaint(run));
  };
  return (
    <>
      <Button onClick={onClose}>{t('common.close')}</Button>
      {record.remoteNumber !== '' && (
        <Button icon={<Phone size={16} aria-hidden="true" />} onClick={closeAnd(() => callBack(record))}>
          {t('records.call-back')}
        </Button>
      )}
      {recordingId !== null && (
        <Button
          look="primary"
          icon={<Play size={16} aria-hidden="true" />}
          onClick={closeAnd(() => openRecording(recordingId))}
        >
          {t('records.play')}
        </Button>
      )}
    </>
  );
}

function Stretches({ callId }: { readonly callId: string }): ReactNode {
  const { t } = useText();
  const { story, failure } = useStory(callId);
  if (failure !== null)
    return (
      <Notice kind="info" title={t(`errors.${failure.code}.what`, failure.params)}>
        {t('records.story-later')}
      </Notice>
    );
  if (story === null) return null;
  return (
    <div data-testid="call-story">
      <StoryView story={story} isTitled />
    </div>
  );
}
