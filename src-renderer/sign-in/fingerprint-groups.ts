/** Two bytes per group: short enough to compare aloud. */
export function fingerprintGroups(fingerprint: string): string[] {
  return fingerprint.replaceAll(':', '').match(/.{1,4}/g) ?? [];
}
