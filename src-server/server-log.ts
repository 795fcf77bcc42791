/** Where the server's parts write; pino in the running server. */
export interface ServerLog {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** A phone number as logs may show it: its last three digits. */
export function maskedNumber(number: string): string {
  return number.length <= 4 ? number : `…${number.slice(-3)}`;
}
