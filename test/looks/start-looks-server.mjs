import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

/** Serves the agent window with a fake bridge at `/test/looks/look.html?scene=…`. @returns address and a way to stop */
export async function startLooksServer() {
  const server = await createServer({
    root: resolve(import.meta.dirname, '../..'),
    configFile: false,
    plugins: [react()],
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: {
      include: [
        'react',
        'react-dom/client',
        'react-aria-components',
        'zustand',
        'zod',
        'i18next',
        'libphonenumber-js/min',
        'lucide-react',
      ],
    },
    cacheDir: resolve(import.meta.dirname, '../../node_modules/.cache/looks'),
  });
  await server.listen();
  return { url: `http://127.0.0.1:${server.httpServer.address().port}`, stop: () => server.close() };
}
