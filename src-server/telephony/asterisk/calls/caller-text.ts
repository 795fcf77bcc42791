/** Asterisk writes `<unknown>` for nothing. */
export const presentText = (text: string): string | null => (text === '' || text === '<unknown>' ? null : text);

/** Asterisk leaves the quoted pairs of a SIP display name as they came (RFC 3261 section 25.1). */
export const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
