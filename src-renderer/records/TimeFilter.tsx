import { useState, type ReactNode } from 'react';
import { rangeBounds, spanBounds, timeSpans, type Bounds, type TimeSpan } from '../../src-shared/calls/time-span';
import { Select } from '../components/Select/Select';
import { TextField } from '../components/TextField/TextField';
import { useText } from '../text/text';

export type ChosenTime = TimeSpan | 'any' | 'range';
interface TimeFilterProps {
  readonly chosen: ChosenTime;
  /** null: any time. */
  readonly onChange: (chosen: ChosenTime, bounds: Bounds | null) => void;
}
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const boundsOf = (chosen: ChosenTime): Bounds | null =>
  chosen === 'any' || chosen === 'range' ? null : spanBounds(chosen, Date.now(), timeZone());

/** A span of time by its name, or two moments by hand. */
export function TimeFilter({ chosen, onChange }: TimeFilterProps): ReactNode {
  const { t } = useText();
  const [start, setStart] = useState(() => `${today()}T00:00`);
  const [end, setEnd] = useState(() => `${today()}T23:59`);
  const bounds = boundsBetween(start, end);
  const change = (from: string, to: string): void => {
    setStart(from);
    setEnd(to);
    onChange('range', boundsBetween(from, to));
  };
  return (
    <>
      <Select
        label={t('records.time')}
        choices={[
          { id: 'any' as ChosenTime, label: t('records.any-time') },
          ...timeSpans.map(id => ({ id, label: t(`records.${id}`) })),
          { id: 'range' as ChosenTime, label: t('records.range') },
        ]}
        chosen={chosen}
        onChoose={id => onChange(id, id === 'range' ? bounds : boundsOf(id))}
      />
      {chosen === 'range' && (
        <>
          <TextField
            label={t('records.from')}
            type="datetime-local"
            value={start}
            onChange={value => change(value, end)}
          />
          <TextField
            label={t('records.to')}
            type="datetime-local"
            value={end}
            problem={start !== '' && end !== '' && bounds === null ? t('records.range-wrong') : null}
            onChange={value => change(start, value)}
          />
        </>
      )}
    </>
  );
}

/** By the clock on the wall here, as the fields have it. A range begins as this day (S025-S027). */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Either end may be left out. */
function boundsBetween(start: string, end: string): Bounds | null {
  if (start === '' && end === '') return null;
  const [from, to] = [start === '' ? '1970-01-01T00:00' : start, end === '' ? '2999-12-31T23:59' : end];
  return rangeBounds(wallTime(from), wallTime(to), timeZone());
}
const wallTime = (value: string) => ({ date: value.slice(0, 10), time: value.slice(11, 16) });
