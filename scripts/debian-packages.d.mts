/** Installs what is missing of the named groups, or says what to install. */
export function ensureDebianPackages(groups: readonly string[]): void;
