import { Headset } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useAfterPaint } from '../bridge/use-after-paint';
import { isConference } from '../../src-shared/call/call-permissions';
import type { LineState } from '../../src-shared/line/line-state';
import { ConsultedCard } from '../consulted/ConsultedCard';
import { useConsulted } from '../consulted/use-consulted';
import { useAgentStore } from '../stores/agent-store';
import { useCallStore } from '../stores/call-store';
import { useDesktopStore } from '../stores/desktop-store';
import { useWrapUpStore } from '../stores/wrap-up-store';
import { useLineStore } from '../stores/line-store';
import { useIsPhoneOnDesk, useSessionStore } from '../stores/session-store';
import { setKeypadOpen, useViewStore } from '../stores/view-store';
import { useText } from '../text/text';
import { ActiveCallPanel } from './running/ActiveCallPanel';
import { CallNotices } from './running/CallNotices';
import { EndedCallCard } from './EndedCallCard';
import { IncomingCallCard } from './IncomingCallCard';
import { UnsentNote } from '../wrap-up/UnsentNote';
import { WrapUpCard } from '../wrap-up/WrapUpCard';
import { LinkCard } from './LinkCard';
import { ConferencePanel } from './transfer/ConferencePanel';
import { ConsultPanel } from './transfer/ConsultPanel';
import { OtherCallRow } from './running/OtherCallRow';
import { CallKeypad } from './dialling/CallKeypad';
import { DialField } from './dialling/DialField';
import { selectDockCalls } from '../../src-shared/call/select-calls';
import styles from './PhoneDock.module.css';

/** The phone: what rings or is talked in on top, the dial field at the foot. It never scrolls away and never moves. */
export function PhoneDock(): ReactNode {
  const { t } = useText();
  const calls = useCallStore(state => state.calls);
  const isKeypadOpen = useViewStore(state => state.isKeypadOpen);
  const { main, incoming, other, ended } = selectDockCalls(calls);
  const mainId = main?.id ?? null;
  useEffect(() => setKeypadOpen(false), [mainId]);
  const link = useDesktopStore(state => state.link);
  const forms = useWrapUpStore(state => state.forms);
  // A call that rings or is talked in has the dock to itself; what is written stays on disk and comes back after it.
  const form = main === null && incoming === null ? (forms[0] ?? null) : null;
  const isIdle = main === null && incoming === null && ended === null && link === null && form === null;
  // A third call, or a second without a line, would be refused, and whoever is to join a conference is asked first: in a small window the room is needed for what can be done.
  const isLineReady = useLineStore(state => state.line.state === 'registered');
  const isAsked = useConsulted([incoming]) !== null;
  const isOneMore = incoming !== null || other !== null;
  const isFull = isAsked || (main !== null && (isOneMore || isConference(main) || !isLineReady));
  // The way to another call changes its looks after the picture of this one.
  const isFree = useAfterPaint(main === null && incoming === null);
  const isSending = isKeypadOpen && main !== null && main.state !== 'ending';
  return (
    <aside className={styles['dock']} aria-label={t('shell.phone')}>
      <div className={styles['calls']}>
        {main !== null && <ActiveCallPanel key={main.id} call={main} />}
        {other !== null && <OtherCallRow call={other} />}
        <IncomingCallCard call={incoming} isSecond={main !== null} />
        {main !== null && <ConferencePanel call={main} />}
        {other !== null && <ConsultPanel />}
        {main !== null && <CallNotices call={main} />}
        <ConsultedCard incoming={incoming} main={main} other={other} />
        {isSending && <CallKeypad call={main} />}
        {form !== null && <WrapUpCard key={form.callId} form={form} others={forms.length - 1} />}
        {ended !== null && form === null && <EndedCallCard call={ended} />}
        {/* A ringing call has the dock to itself; the question waits until it is answered or gone. */}
        {link !== null && incoming === null && <LinkCard key={link.id} link={link} isInCall={main !== null} />}
        {isIdle && <IdlePhone />}
        <UnsentNote />
      </div>
      {!isSending && !isFull && (
        <div className={styles['foot']}>
          <DialField isIdle={isFree} />
        </div>
      )}
    </aside>
  );
}

/** Nothing rings: whether it could, and if not, why. */
function IdlePhone(): ReactNode {
  const { t } = useText();
  const line = useLineStore(state => state.line.state);
  const isOnBreak = useAgentStore(state => state.status.state === 'on-break');
  const isOnDesk = useIsPhoneOnDesk();
  const isGone = useSessionStore(state => !state.isTelephonyReachable && state.session?.server === 'online');
  const key = isGone ? 'idle-gone' : idleKey(line, isOnBreak);
  return (
    <div className={styles['idle']}>
      <span className={styles['emblem']}>
        <Headset size={28} aria-hidden="true" />
      </span>
      <p className={styles['idle-title']}>
        {t(isOnDesk && key === 'idle-off' ? 'desk-phone.missing-title' : `phone.${key}-title`)}
      </p>
      <p>{t(isOnDesk && (key === 'idle' || key === 'idle-off') ? `desk-phone.${key}-note` : `phone.${key}-note`)}</p>
    </div>
  );
}

function idleKey(line: LineState['state'], isOnBreak: boolean): 'idle' | 'idle-break' | 'idle-wait' | 'idle-off' {
  if (line === 'registered') return isOnBreak ? 'idle-break' : 'idle';
  return line === 'offline' || line === 'refused' ? 'idle-off' : 'idle-wait';
}
