/** On a Mac the modifier of every shortcut is Command. */
export const isMac = /\bMacintosh\b/.test(navigator.userAgent);
