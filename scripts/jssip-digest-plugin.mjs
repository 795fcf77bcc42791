import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ours = resolve(fileURLToPath(import.meta.url), '../../src-main/phone-engine/jssip/digest-authentication.ts');
const shimId = '\0jssip-digest-authentication.cjs';

/** JsSIP says `module.exports = class` and `new DigestAuthentication()`: a required ES module would be a namespace, so a shim unwraps it. */
function replaceDigest() {
  return {
    name: 'jssip-digest',
    enforce: 'pre',
    resolveId(source, importer) {
      const isDigest = /(^|\/)DigestAuthentication(\.js)?$/.test(source);
      return isDigest && importer !== undefined && /[\\/]jssip[\\/]lib[\\/]/.test(importer) ? shimId : null;
    },
    load(id) {
      if (id !== shimId) return null;
      return {
        code: `module.exports = require(${JSON.stringify(ours)}).DigestAuthentication;`,
        moduleSideEffects: false,
      };
    },
  };
}

/**
 * Vite plugin: gives JsSIP our digest (SHA-256, SHA-512-256, MD5) in place of its own, which speaks MD5 only (RFC 8760).
 * Works in a build and in the dev server, whose dependency optimizer runs plugins of its own.
 * @returns {import('vite').Plugin}
 */
export function jssipDigest() {
  return {
    ...replaceDigest(),
    config: () => ({
      optimizeDeps: { include: ['jssip'], rolldownOptions: { plugins: [replaceDigest()] } },
    }),
  };
}
