import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Call } from '../../../src-shared/call/call';
import { allowedActions } from '../../../src-shared/call/call-permissions';
import { selectDockCalls } from '../../../src-shared/call/select-calls';
import { sendableCall } from '../../actions/transfer-actions';
import { ask } from '../../bridge/ask';
import { failureFrom } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { CommandList } from '../../components/CommandList/CommandList';
import { TextField } from '../../components/TextField/TextField';
import { changeSettings } from '../../settings/change-settings';
import { useAgentStore } from '../../stores/agent-store';
import { useCallStore } from '../../stores/call-store';
import { useDestinationStore } from '../../stores/destination-store';
import { useSessionStore } from '../../stores/session-store';
import { useSettingsStore } from '../../stores/settings-store';
import { showFailure } from '../../stores/toast-store';
import { closeSheet, useViewStore, type SendSheet } from '../../stores/view-store';
import { useText } from '../../text/text';
import { usePhoneFormat } from '../../text/use-phone-format';
import { choiceItem } from './choice-item';
import { destinationChoices, type Choice } from './destination-choices';
import styles from './SendDialog.module.css';

const sheets: readonly (string | null)[] = ['consult', 'transfer', 'send-on'] satisfies SendSheet[];
const isSendSheet = (sheet: string | null): sheet is SendSheet => sheets.includes(sheet);

/** Which call is meant; null when it is gone. */
function meantFor(sheet: SendSheet, calls: readonly Call[]): Call | null {
  if (sheet !== 'send-on') return sendableCall(calls, sheet);
  const { incoming } = selectDockCalls(calls);
  return incoming !== null && allowedActions(incoming).has('send-on') ? incoming : null;
}

/** Where a call is to go, or who is to be asked about it: who is there first, and whatever answers to what is typed. */
export function SendDialog(): ReactNode {
  const { t } = useText();
  const sheet = useViewStore(state => state.sheet);
  const calls = useCallStore(state => state.calls);
  const wanted = isSendSheet(sheet) ? sheet : null;
  const call = wanted === null ? null : meantFor(wanted, calls);
  const isOpen = wanted !== null && call !== null;
  const isPointless = wanted !== null && call === null;
  useEffect(() => {
    // The call is gone: the next one must not find the list open.
    if (isPointless && wanted !== null) closeSheet(wanted);
  }, [isPointless, wanted]);
  return (
    <ModalOverlay
      className={styles['overlay'] ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={open => !open && wanted !== null && closeSheet(wanted)}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={t(`transfer.${wanted ?? 'transfer'}-title`)}>
          {isOpen && <Destinations key={`${wanted} ${call.id}`} sheet={wanted} callId={call.id} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

async function send(sheet: SendSheet, callId: string, target: string, reason: string): Promise<void> {
  closeSheet(sheet);
  try {
    if (sheet === 'consult') await ask('consult.begin', { callId, target, reason });
    else if (sheet === 'transfer') await ask('call.transfer', { callId, target, reason });
    else await ask('call.send-on', { callId, target });
  } catch (error) {
    showFailure(failureFrom(error));
  }
}

function useChoices(query: string, sheet: SendSheet): readonly Choice[] {
  const destinations = useDestinationStore(state => state.destinations);
  const favourites = useSettingsStore(state => state.settings.favouriteDestinations);
  const agent = useSessionStore(state => state.session?.agent ?? null);
  const policy = useAgentStore(state => state.policy);
  return useMemo(
    () =>
      destinationChoices({
        query,
        destinations: destinations ?? [],
        favourites,
        own: { extension: agent?.extension ?? '', role: agent?.role ?? 'agent' },
        policy,
        isConsult: sheet === 'consult',
      }),
    [query, destinations, favourites, agent, policy, sheet],
  );
}

function Destinations({ sheet, callId }: { readonly sheet: SendSheet; readonly callId: string }): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const [query, setQuery] = useState('');
  const [reason, setReason] = useState('');
  const choices = useChoices(query, sheet);
  const [active, setActive] = useState<string | null>(null);
  const marked = choices.find(({ number }) => number === active) ?? choices[0] ?? null;
  const isOffline = useSessionStore(state => state.session?.server !== 'online');
  return (
    <>
      <h2 className={styles['title']}>{t(`transfer.${sheet}-title`)}</h2>
      <CommandList
        label={t('transfer.search')}
        placeholder={t('transfer.search-placeholder')}
        query={query}
        onQuery={setQuery}
        empty={t('transfer.empty')}
        onChoose={number => void send(sheet, callId, number, reason)}
        onActive={setActive}
        items={choices.map(choice => choiceItem(choice, { t, formatNumber }))}
      />
      <div className={styles['foot']}>
        {sheet !== 'send-on' && (
          <TextField
            label={t('transfer.reason')}
            note={t('transfer.reason-note')}
            value={reason}
            onChange={setReason}
            maxLength={200}
            onKeyDown={event => {
              if (event.key === 'Enter' && marked !== null) void send(sheet, callId, marked.number, reason);
            }}
          />
        )}
        <p className={styles['hint']}>{t(isOffline ? 'transfer.offline' : `transfer.${sheet}-hint`)}</p>
        <FavouriteButton choice={marked} />
      </div>
    </>
  );
}

/** The marked answer is put on top of every list, or no longer. */
function FavouriteButton({ choice }: { readonly choice: Choice | null }): ReactNode {
  const { t } = useText();
  const favourites = useSettingsStore(state => state.settings.favouriteDestinations);
  if (choice === null) return null;
  const { number, known, isFavourite } = choice;
  const others = favourites.filter(each => each !== number);
  return (
    <Button
      size="small"
      look="quiet"
      onClick={() => changeSettings({ favouriteDestinations: isFavourite ? others : [...others, number] })}
    >
      {t(isFavourite ? 'transfer.unfavourite' : 'transfer.favourite', { name: known?.name ?? number })}
    </Button>
  );
}
