import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { jssipDigest } from './scripts/jssip-digest-plugin.mjs';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Syntax for the oldest runtime we start on (Electron 33: Node 20.18, Chromium 130); the newest Electron takes it as well. */
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      sourcemap: true,
      minify: true, // a smaller file is sooner read and compiled (spawn → painted)
      rollupOptions: { input: { main: at('src-main/main.ts') } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false, // a sandboxed preload may require nothing but 'electron'
      isolatedEntries: true, // two preloads must not share a chunk, which they could not load
      target: nodeTarget,
      rollupOptions: {
        input: {
          'agent-window-preload': at('src-main/preload/agent-window-preload.ts'),
          'phone-engine-preload': at('src-main/preload/phone-engine-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: '.',
    plugins: [react(), jssipDigest()],
    define: { global: 'globalThis' }, // JsSIP's dependencies expect it
    build: {
      outDir: 'out/renderer',
      target: chromeTarget,
      minify: true,
      chunkSizeWarningLimit: 2000, // one file, read from disk
      assetsInlineLimit: 0, // the CSP knows no data: sound
      rollupOptions: {
        input: { agent: at('src-renderer/index.html'), engine: at('src-main/phone-engine/index.html') },
      },
    },
  },
});
