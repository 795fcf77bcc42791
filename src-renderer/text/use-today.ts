import { useEffect, useState } from 'react';

/** A moment of the current day, renewed at midnight: "today" must not stay on screen overnight. */
export function useToday(): number {
  const [today, setToday] = useState(() => Date.now());
  useEffect(() => {
    const midnight = new Date(today);
    midnight.setHours(24, 0, 0, 0);
    const timer = setTimeout(() => setToday(Date.now()), Math.max(1000, midnight.getTime() - Date.now()));
    return () => clearTimeout(timer);
  }, [today]);
  return today;
}
