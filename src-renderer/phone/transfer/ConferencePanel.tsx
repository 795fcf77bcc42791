import { AudioLines, Mic, MicOff, MessageCircle, UserMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { Call } from '../../../src-shared/call/call';
import { isConference } from '../../../src-shared/call/call-permissions';
import type { CallParty } from '../../../src-shared/call/call-party';
import { askAndTell } from '../../bridge/ask-and-tell';
import { IconButton } from '../../components/IconButton/IconButton';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { partyName } from '../facts/party-name';
import styles from './ConsultPanel.module.css';

/** Who is in the room, and what may be done about each. Nothing without a conference. */
export function ConferencePanel({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  if (!isConference(call)) return null;
  return (
    <section className={styles['panel']} aria-label={t('phone.conference')} data-testid="conference-panel">
      <h3 className={styles['words']}>{t('conference.title')}</h3>
      <ul className={styles['parties']}>
        <li className={styles['party']} data-speaking={call.isSpeaking || undefined}>
          <SpeakingMark isOn={call.isSpeaking} />
          <span className={styles['who']}>
            <bdi>{t('conference.you')}</bdi>
          </span>
        </li>
        {call.parties.map(party => (
          <Party key={party.legId} callId={call.id} party={party} />
        ))}
      </ul>
      <p className={styles['words']}>{t('conference.leave-note')}</p>
    </section>
  );
}

function Party({ callId, party }: { readonly callId: string; readonly party: CallParty }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const { legId, isMuted, isOutside, isSpeaking } = party;
  const name = partyName(party, t, formatNumber);
  return (
    <li className={styles['party']} data-muted={isMuted || undefined} data-speaking={isSpeaking || undefined}>
      <SpeakingMark isOn={isSpeaking} />
      <span className={styles['who']} title={name}>
        <bdi>{name}</bdi>
        <span className={styles['role']}>
          {t(isMuted ? 'conference.muted' : isOutside ? 'conference.customer' : 'conference.colleague')}
        </span>
      </span>
      <IconButton
        label={t(isMuted ? 'conference.unmute' : 'conference.mute', { name })}
        placement="top"
        onClick={() => void askAndTell('conference.mute', { callId, legId, isMuted: !isMuted })}
      >
        {isMuted ? <MicOff size={16} aria-hidden="true" /> : <Mic size={16} aria-hidden="true" />}
      </IconButton>
      {!isOutside && (
        <IconButton
          label={t('conference.consult', { name })}
          placement="top"
          onClick={() => void askAndTell('conference.consult', { callId, legId })}
        >
          <MessageCircle size={16} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={t('conference.drop', { name })}
        placement="top"
        onClick={() => void askAndTell('conference.drop', { callId, legId })}
      >
        <UserMinus size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

/** Its place is kept while nobody speaks: nothing moves. */
function SpeakingMark({ isOn }: { readonly isOn: boolean }): ReactNode {
  const { t } = useText();
  return (
    <span className={styles['speaking']}>
      {isOn && (
        <>
          <AudioLines size={16} aria-hidden="true" />
          <VisuallyHidden>{t('conference.speaking')}</VisuallyHidden>
        </>
      )}
    </span>
  );
}
