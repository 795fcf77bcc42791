import { useId, useState, type ReactNode } from 'react';
import styles from './Slider.module.css';

interface SliderProps {
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
  readonly shown: (value: number) => string;
  /** When the person lets go, not on every pixel. */
  readonly onCommit: (value: number) => void;
}

/** A share between nothing and all. */
export function Slider({ label, value, shown, onCommit }: SliderProps): ReactNode {
  const id = useId();
  // What the hand set holds until the owner's value changes, also while the owner is still being asked.
  const [hand, setHand] = useState({ from: value, to: value });
  const dragged = hand.from === value ? hand.to : value;
  const commit = (): void => {
    if (dragged !== value) onCommit(dragged);
  };
  return (
    <div className={styles['slider']}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{shown(dragged)}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={dragged}
        aria-valuetext={shown(dragged)}
        onChange={event => setHand({ from: value, to: Number(event.target.value) })}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
    </div>
  );
}
