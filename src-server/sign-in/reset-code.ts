import { randomInt } from 'node:crypto';

/** Without letters that are read for others. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 12;

/** Nearly 60 bits, in three groups to be typed from a mail. */
export const newResetCode = (): string =>
  Array.from(
    { length },
    (_none, index) => (index > 0 && index % 4 === 0 ? '-' : '') + (signs[randomInt(signs.length)] ?? ''),
  ).join('');

/** As somebody types it: small letters, blanks and dashes do not matter. */
export const plainResetCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
