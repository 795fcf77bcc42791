export const asteriskCache: string;
export function ensureAsteriskRoot(): string;
export function whyNoAsterisk(): string | null;
