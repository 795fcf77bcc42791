import { useEffect, useState } from 'react';
import { afterPaint } from './after-paint';

/** The value, one frame late: for what should not be drawn in the same frame as something urgent. */
export function useAfterPaint<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => afterPaint(() => setPainted(value)), [value]);
  return painted;
}
