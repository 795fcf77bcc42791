import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { pageOfHost, recordingScheme } from './app-origins';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const common = [
  "default-src 'none'",
  "script-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** The engine alone may open a WebSocket; plain `ws:` beyond loopback is stopped in `window-security.ts`. */
const enginePolicy = [
  ...common,
  "connect-src 'self' ws: wss:",
  "media-src 'self' blob: mediastream:",
  "worker-src 'self'",
].join('; ');
/** The agent window talks to main only; `connect-src 'self'` is for its own files. The nonce is what react-aria's style needs. */
const agentPolicy = (nonce: string): string =>
  [
    ...common,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `media-src 'self' blob: ${recordingScheme}:`,
  ].join('; ');

/**
 * The file behind a path of the build, or null when there is none inside `root`: no traversal, encoded or plain, no NUL,
 * no backslash, no drive.
 */
export function jailedPath(root: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (/[\0\\:]|%/.test(decoded) || decoded.split('/').includes('..')) return null;
  const file = normalize(join(root, decoded));
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : null;
}

/** Serves the built pages under `app://`, each host with its own content security policy. */
export function appProtocol(root: string): (request: { readonly url: string }) => Promise<Response> {
  const refuse = (): Response => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
  return async ({ url }) => {
    const { host, pathname } = new URL(url);
    const page = pageOfHost[host];
    if (page === undefined) return refuse();
    const file = pathname === '/' ? join(root, page) : jailedPath(root, pathname);
    if (file === null) return refuse();
    const body = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (
        error.code === 'ENOENT' ||
        error.code === 'EISDIR' ||
        error.code === 'ENOTDIR' ||
        error.code === 'ENAMETOOLONG'
      )
        return null;
      throw error;
    });
    if (body === null) return refuse();
    const nonce = randomBytes(16).toString('base64');
    const headers = {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': host === 'engine' ? enginePolicy : agentPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    };
    if (pathname !== '/' || host !== 'agent') return new Response(new Uint8Array(body), { headers });
    const meta = `<meta property="csp-nonce" nonce="${nonce}">`;
    return new Response(body.toString('utf8').replace('<head>', `<head>${meta}`), { headers });
  };
}
