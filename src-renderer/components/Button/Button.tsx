import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../class-names';
import styles from './Button.module.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'bare';
  readonly size?: 'medium' | 'large' | 'small';
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
  /** Waits for an answer: presses are ignored, focus stays, a spinner appears after 300 ms. */
  readonly isPending?: boolean;
}

/** A button. Pending and disabled leave it focusable, so that the keyboard does not lose its place. */
export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  isDisabled = false,
  isPending = false,
  className,
  onClick,
  children,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const isBlocked = isDisabled || isPending;
  return (
    <button
      {...rest}
      type={isBlocked && type === 'submit' ? 'button' : type}
      className={classNames(styles['button'], className)}
      data-look={look}
      data-size={size}
      aria-disabled={isBlocked || undefined}
      aria-busy={isPending || undefined}
      onClick={isBlocked ? undefined : onClick}
    >
      {icon !== undefined && <span className={styles['icon']}>{icon}</span>}
      {children}
      {isPending && <span className={styles['spinner']} aria-hidden="true" />}
    </button>
  );
}
