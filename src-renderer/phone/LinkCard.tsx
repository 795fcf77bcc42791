import { ExternalLink, Phone } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { WaitingLink } from '../../src-shared/ipc/agent-notices';
import { afterPaint } from '../bridge/after-paint';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { isTypingTarget } from '../keyboard/typing-target';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import styles from './LinkCard.module.css';

interface LinkCardProps {
  readonly link: WaitingLink;
  /** Somebody is on the line: the card waits its turn. */
  readonly isInCall: boolean;
}

/** A link another program opened. Nothing is dialled until the person says so. */
export function LinkCard({ link, isInCall }: LinkCardProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const [isCalling, setIsCalling] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Never on Call: whoever is pressing Enter elsewhere must not dial.
    if (isInCall) return undefined;
    return afterPaint(() => {
      if (!isTypingTarget(document.activeElement)) cancel.current?.focus();
    });
  }, [link.id, isInCall]);
  const call = async (): Promise<void> => {
    setIsCalling(true);
    await askAndTell('link.call', { linkId: link.id });
    setIsCalling(false);
  };
  const number = formatNumber(link.number);
  return (
    <section className={styles['card']} aria-label={t('link.title')} data-testid="link-card">
      <output className={styles['kind']}>
        <ExternalLink size={14} aria-hidden="true" /> {t('link.title')}
      </output>
      <h2 className={styles['number']}>
        <bdi dir={link.name === null ? 'ltr' : undefined}>{link.name ?? number}</bdi>
      </h2>
      {link.name !== null && (
        <p>
          <bdi dir="ltr">{number}</bdi>
        </p>
      )}
      {link.extension !== null && (
        <p className={styles['note']}>{t('link.extension', { extension: link.extension })}</p>
      )}
      {link.host !== null && <p className={styles['note']}>{t('link.host', { host: link.host })}</p>}
      {isInCall && <p className={styles['note']}>{t('link.in-call')}</p>}
      <div className={styles['actions']}>
        <Button ref={cancel} onClick={() => void askAndTell('link.dismiss', { linkId: link.id })}>
          {t('common.cancel')}
        </Button>
        <Button
          look={isInCall ? 'plain' : 'primary'}
          icon={<Phone size={16} aria-hidden="true" />}
          isPending={isCalling}
          onClick={() => void call()}
        >
          {t('phone.dial')}
        </Button>
      </div>
    </section>
  );
}
