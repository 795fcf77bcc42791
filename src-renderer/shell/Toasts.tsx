import { CircleX, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Toast } from '../../src-shared/ipc/agent-notices';
import { IconButton } from '../components/IconButton/IconButton';
import { dismissToast, useToastStore } from '../stores/toast-store';
import { useText } from '../text/text';
import styles from './Toasts.module.css';

/** Errors stay longer: they hold a next step to be read. */
const shownMs = { info: 6000, warning: 9000, error: 12_000 } as const;
const icons = { info: Info, warning: TriangleAlert, error: CircleX };

/** Messages in the corner beside the phone. The region is there from the start, so that screen readers watch it. */
export function Toasts(): ReactNode {
  const toasts = useToastStore(state => state.toasts);
  const { t } = useText();
  return (
    <section className={styles['toasts']} aria-label={t('toasts.region')} aria-live="polite" data-testid="toasts">
      {toasts.map(toast => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }): ReactNode {
  const { t } = useText();
  const [isPointedAt, setIsPointedAt] = useState(false);
  const Icon = icons[toast.kind];
  useEffect(() => {
    if (isPointedAt) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), shownMs[toast.kind]);
    return () => clearTimeout(timer);
  }, [toast, isPointedAt]);
  return (
    <div
      className={styles['toast']}
      data-kind={toast.kind}
      role={toast.kind === 'error' ? 'alert' : undefined}
      onPointerEnter={() => setIsPointedAt(true)}
      onPointerLeave={() => setIsPointedAt(false)}
    >
      <Icon size={18} aria-hidden="true" className={styles['icon']} />
      {'error' in toast.text ? (
        <div className={styles['text']} data-code={toast.text.error}>
          <p className={styles['what']}>{t(`errors.${toast.text.error}.what`, toast.params)}</p>
          <p>{t(`errors.${toast.text.error}.next`, toast.params)}</p>
        </div>
      ) : (
        <p className={styles['text']}>
          {t(`toasts.${toast.text.toast}`, { name: t(unnamed(toast.text.toast)), ...toast.params })}
        </p>
      )}
      <IconButton label={t('common.dismiss')} placement="top" onClick={() => dismissToast(toast.id)}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Stands in where main had no name. */
const unnamed = (toast: string): 'toasts.a-device' | 'toasts.a-caller' =>
  toast === 'device-changed' ? 'toasts.a-device' : 'toasts.a-caller';
