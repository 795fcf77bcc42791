import type { ReactNode } from 'react';
import type { PartyTimes } from '../../src-shared/story/story';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { personWord } from './story-words';
import styles from './StoryView.module.css';

/** Everybody's own times in a call. */
export function PartyTable({ parties }: { readonly parties: readonly PartyTimes[] }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  return (
    <table className={styles['parties']}>
      <caption>{t('story.times')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('story.who')}</th>
          <th scope="col">{t('story.wait')}</th>
          <th scope="col">{t('story.talked')}</th>
          <th scope="col">{t('story.held')}</th>
        </tr>
      </thead>
      <tbody>
        {parties.map(({ party, startedAt, waitMs, talkMs, holdMs }) => (
          <tr key={`${party.number} ${startedAt}`}>
            <th scope="row">
              <bdi>{personWord(party, t, formatNumber)}</bdi>
            </th>
            <td>{formatClock(waitMs)}</td>
            <td>{formatClock(talkMs)}</td>
            <td>{formatClock(holdMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
