export function whyNoAsterisk(): string | null;
