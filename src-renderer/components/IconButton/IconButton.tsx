import type { ComponentProps, ReactNode } from 'react';
import { WithTooltip } from '../Tooltip/WithTooltip';
import { classNames } from '../class-names';
import styles from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'disabled'> {
  /** Read aloud, and shown beside the icon on hover and focus. */
  readonly label: string;
  readonly placement?: 'top' | 'bottom' | 'end' | 'start';
  readonly isPending?: boolean;
}

/** A square button with an icon and its name on hover. */
export function IconButton({
  label,
  placement = 'bottom',
  isPending = false,
  className,
  onClick,
  children,
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <WithTooltip text={label} placement={placement}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-busy={isPending || undefined}
        className={classNames(styles['icon-button'], className)}
        onClick={isPending ? undefined : onClick}
      >
        {children}
      </button>
    </WithTooltip>
  );
}
