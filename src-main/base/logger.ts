/**
 * error: we gave up; warn: we recovered or are retrying; info: one line per change of a life cycle; debug: the rest.
 * Phone numbers go through `maskNumber`; secrets and audio never come here.
 */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** All but the last three characters hidden: enough to compare two lines, too little to call somebody. */
export const maskNumber = (number: string): string => (number.length <= 3 ? number : `…${number.slice(-3)}`);

/** Hides the digits of everything that looks like a phone number: the last line of defence in the log file. */
export const maskNumbersIn = (text: string): string =>
  text.replace(/(?<![\w.:-])\+?\d{6,15}(?![\w.:-])/g, number => maskNumber(number));

/** What a log line says of a failure. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
