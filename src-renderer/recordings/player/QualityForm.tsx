import { useState, type ReactNode } from 'react';
import { qaTotal, type QaScore } from '../../../src-shared/recordings/recording';
import { ask } from '../../bridge/ask';
import { failureFrom } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { TextField } from '../../components/TextField/TextField';
import { useAgentStore } from '../../stores/agent-store';
import { showFailure } from '../../stores/toast-store';
import { useText } from '../../text/text';
import type { Draft } from './use-draft';
import styles from './QualityForm.module.css';

interface QualityFormProps {
  readonly recordingId: string;
  readonly qa: QaScore | null;
  readonly draft: Draft;
}

/** A supervisor's score by the criteria of the policy. */
export function QualityForm({ recordingId, qa, draft }: QualityFormProps): ReactNode {
  const { t, language } = useText();
  const criteria = useAgentStore(state => state.policy?.quality.criteria) ?? [];
  const [saved, setSaved] = useState(qa);
  const begun = draft.draft;
  const isBegun = Object.keys(begun.points).length > 0 || begun.comment !== '';
  const points: Readonly<Record<string, number>> = isBegun ? begun.points : (saved?.points ?? {});
  const comment = isBegun ? begun.comment : (saved?.comment ?? '');
  const total = qaTotal(points, criteria);
  const save = async (): Promise<void> => {
    try {
      setSaved(await ask('recordings.qa', { recordingId, points: { ...points }, comment }));
      draft.write({ points: {}, comment: '' });
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
            const now = Number.isNaN(given) ? others : { ...others, [id]: Math.max(0, Math.min(most, given)) };
            draft.write({ points: now, comment });
          }}
        />
      ))}
      <TextField
        label={t('player.comment')}
        value={comment}
        maxLength={2000}
        onChange={typed => draft.write({ points, comment: typed })}
      />
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
