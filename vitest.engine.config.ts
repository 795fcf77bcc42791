import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { jssipDigest } from './scripts/jssip-digest-plugin.mjs';

const chromiumPath = process.env['SOFTPHONE_CHROMIUM'] ?? '/usr/bin/chromium';

/** The phone engine in the real thing: Chromium with a fake microphone, two phones in one page, SIP over a fake wire. */
export default defineConfig({
  plugins: [jssipDigest()],
  define: { global: 'globalThis' }, // JsSIP's dependencies expect it
  optimizeDeps: {
    include: ['jssip', 'zod', '@noble/hashes/legacy.js', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
  },
  test: {
    name: 'engine',
    include: ['test/engine/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    fileParallelism: false, // real-time audio on a shared machine
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          executablePath: chromiumPath,
          args: [
            '--no-sandbox',
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            '--autoplay-policy=no-user-gesture-required',
            '--allow-loopback-in-peer-connection',
            '--disable-features=WebRtcHideLocalIpsWithMdns',
            '--disable-quic',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
          ],
        },
      }),
    },
  },
});
