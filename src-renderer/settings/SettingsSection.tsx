import { useId, type ReactNode } from 'react';
import styles from './SettingsScreen.module.css';

interface SettingsSectionProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

/** One subject of the settings, as a card. */
export function SettingsSection({ title, note, children }: SettingsSectionProps): ReactNode {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p className={styles['note']}>{note}</p>}
      </div>
      {children}
    </section>
  );
}
