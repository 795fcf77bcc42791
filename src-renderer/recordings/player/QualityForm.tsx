import { useState, type ReactNode } from 'react';
import { qaTotal, type QaScore } from '../../../src-shared/recordings/recording';
import { ask } from '../../bridge/ask';
import { failureFrom } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { TextField } from '../../components/TextField/TextField';
import { useAgentStore } from '../../stores/agent-store';
import { showFailure } from '../../stores/toast-store';
import { useText } from '../../text/text';
import styles from './QualityForm.module.css';

/** A supervisor's score by the criteria of the policy. */
export function QualityForm({
  recordingId,
  qa,
}: {
  readonly recordingId: string;
  readonly qa: QaScore | null;
}): ReactNode {
  const { t, language } = useText();
  const criteria = useAgentStore(state => state.policy?.quality.criteria) ?? [];
  const [points, setPoints] = useState<Readonly<Record<string, number>>>(qa?.points ?? {});
  const [comment, setComment] = useState(qa?.comment ?? '');
  const [saved, setSaved] = useState(qa);
  const total = qaTotal(points, criteria);
  const save = async (): Promise<void> => {
    try {
      setSaved(await ask('recordings.qa', { recordingId, points: { ...points }, comment }));
    } catch (error) {
      showFailure(failureFrom(error));
    }
  };
  if (criteria.length === 0) return null;
  return (
    <form
      className={styles['form']}
      aria-label={t('player.quality')}
      onSubmit={event => {
        event.preventDefault();
        if (total !== null) void save();
      }}
    >
      {criteria.map(({ id, text, points: most }) => (
        <TextField
          key={id}
          label={t('player.criterion', { name: text[language] ?? text.en, most })}
          type="number"
          min={0}
          max={most}
          value={String(points[id] ?? '')}
          onChange={typed => {
            const { [id]: _before, ...others } = points;
            const given = Number.parseInt(typed, 10);
            setPoints(Number.isNaN(given) ? others : { ...others, [id]: Math.max(0, Math.min(most, given)) });
          }}
        />
      ))}
      <TextField label={t('player.comment')} value={comment} maxLength={2000} onChange={setComment} />
      <div className={styles['foot']}>
        <span>{total === null ? t('player.score-open') : t('player.score', { score: total })}</span>
        {saved !== null && <small>{t('player.scored-by', { name: saved.by.name, score: saved.total })}</small>}
        <Button type="submit" isDisabled={total === null}>
          {t('player.score-save')}
        </Button>
      </div>
    </form>
  );
}
