/** The program's version as Electron writes it into the user agent (`…/0.1.0 Chrome/…`); null in an ordinary browser. */
export function productVersion(userAgent: string): string | null {
  return /\) ?(?:\S+ )*?\S+\/(\d+\.\d+\.\d+\S*) Chrome\//.exec(userAgent)?.[1] ?? null;
}
