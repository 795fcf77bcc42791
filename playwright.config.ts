import { defineConfig } from '@playwright/test';

/** `@engine`: what must be true with every telephony engine. `@asterisk`: what is true of a PBX of its own only. */
const isAsterisk = process.env['ENGINE'] === 'asterisk';

export default defineConfig({
  testDir: 'test/e2e/specs',
  outputDir: isAsterisk ? 'test-results/e2e-asterisk' : 'test-results/e2e',
  ...(isAsterisk ? { grep: /@engine|@asterisk/ } : { grepInvert: /@asterisk/ }),
  // One desktop, one sound card: one app at a time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env['SOFTPHONE_E2E_RESULT'] ?? 'test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
