import { createHash, randomInt } from 'node:crypto';
import { type DeskPhoneDigests, sipRealm } from '../telephony/telephony';

/** Can be read aloud and typed on a phone's keys: no capitals, nothing that looks like something else. 32 signs to the 20th are 100 bits. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
const passwordLength = 20;

export const newDeskPhonePassword = (): string =>
  Array.from({ length: passwordLength }, () => signs[randomInt(signs.length)]).join('');

/** RFC 7616 section 3.4.2: A1 of digest authentication, hashed by each algorithm that a desk phone may know. */
export function deskPhoneDigests(extension: string, password: string): DeskPhoneDigests {
  const a1 = `${extension}:${sipRealm}:${password}`;
  return {
    md5: createHash('md5').update(a1).digest('hex'),
    sha256: createHash('sha256').update(a1).digest('hex'),
  };
}
