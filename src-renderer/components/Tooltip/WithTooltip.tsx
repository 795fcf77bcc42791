import type { DOMAttributes, ReactElement, ReactNode } from 'react';
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './WithTooltip.module.css';

interface WithTooltipProps {
  readonly text: ReactNode;
  readonly placement?: 'top' | 'bottom' | 'end' | 'start';
  /** One native element that can be focused. */
  readonly children: ReactElement<DOMAttributes<HTMLElement>, string>;
}

/** Shows a short text beside its child on hover and on keyboard focus. */
export function WithTooltip({ text, placement = 'bottom', children }: WithTooltipProps): ReactNode {
  return (
    <TooltipTrigger delay={350} closeDelay={60}>
      <Focusable>{children as never}</Focusable>
      <Tooltip className={styles['tooltip'] ?? ''} placement={placement} offset={8}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
