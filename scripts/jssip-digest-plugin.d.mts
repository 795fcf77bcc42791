import type { Plugin } from 'vite';

/** Puts our digest module in the place of JsSIP's own. */
export function jssipDigest(): Plugin;
