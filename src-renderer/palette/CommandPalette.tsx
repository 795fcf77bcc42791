import { useMemo, useState, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { keyCaps } from '../../src-shared/shortcuts/key-chord';
import { actionFacts } from '../actions/action-facts';
import { afterPaint } from '../bridge/after-paint';
import { CommandList } from '../components/CommandList/CommandList';
import { KeyCaps } from '../components/KeyCaps/KeyCaps';
import { isMac } from '../keyboard/platform';
import { useAgentStore } from '../stores/agent-store';
import { useCallStore } from '../stores/call-store';
import { useLineStore } from '../stores/line-store';
import { useRecentCallStore } from '../stores/recent-call-store';
import { closeSheet, useViewStore } from '../stores/view-store';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { paletteEntries } from './palette-entries';
import { recentActions, rememberAction } from './recent-actions';
import styles from './CommandPalette.module.css';

/** `Ctrl+K`: every screen and action by name, people and numbers to call. */
export function CommandPalette(): ReactNode {
  const { t } = useText();
  const isOpen = useViewStore(state => state.sheet === 'palette');
  return (
    <ModalOverlay
      className={styles['overlay'] ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={open => !open && closeSheet('palette')}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={t('palette.title')}>
          <Palette />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Palette(): ReactNode {
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  const [query, setQuery] = useState('');
  const [recentIds] = useState(recentActions);
  const recentCalls = useRecentCallStore(state => state.calls);
  // What is allowed changes while the palette is open.
  const calls = useCallStore(state => state.calls);
  const line = useLineStore(state => state.line.state);
  const status = useAgentStore(state => state.status);
  const entries = useMemo(
    () =>
      paletteEntries({
        query,
        facts: { ...actionFacts(), calls, line, status },
        words: { t, language },
        recentIds,
        recentCalls: recentCalls ?? [],
        formatNumber,
      }),
    [query, calls, line, status, t, language, recentIds, recentCalls, formatNumber],
  );
  const choose = (id: string): void => {
    const entry = entries.find(each => each.id === id);
    if (entry === undefined) return;
    closeSheet('palette');
    if (entry.group !== 'call') rememberAction(id);
    // The focus goes back to where it was first; an action may want it elsewhere.
    afterPaint(entry.run);
  };
  return (
    <CommandList
      label={t('palette.title')}
      placeholder={t('palette.placeholder')}
      query={query}
      onQuery={setQuery}
      empty={t('palette.empty')}
      onChoose={choose}
      items={entries.map(({ icon: Icon, chord, ...entry }) => ({
        ...entry,
        icon: <Icon size={16} aria-hidden="true" />,
        keys: chord === null ? null : <KeyCaps caps={keyCaps(chord, isMac)} />,
      }))}
    />
  );
}
