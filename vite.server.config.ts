import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** The central server as one file: only the native database module stays outside. */
export default defineConfig({
  ssr: { noExternal: true, external: ['better-sqlite3'] },
  build: {
    ssr: true,
    target: 'node20.18',
    outDir: 'out/server',
    sourcemap: true,
    rollupOptions: { input: { server: resolve(import.meta.dirname, 'src-server/server.ts') } },
  },
});
