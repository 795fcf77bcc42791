import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { jssipDigest } from '../../../../scripts/jssip-digest-plugin.mjs';

it('builds a JsSIP whose request sender uses our digest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'digest-plugin-'));
  try {
    const sender = resolve(import.meta.dirname, '../../../../node_modules/jssip/lib/RequestSender.js');
    const entry = join(folder, 'entry.js');
    await writeFile(entry, `export { default as RequestSender } from ${JSON.stringify(sender)};\n`);
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [jssipDigest()],
      define: { global: 'globalThis' },
      build: { outDir: join(folder, 'out'), minify: false, lib: { entry, formats: ['es'], fileName: () => 'out.mjs' } },
    });
    const { RequestSender } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'out/out.mjs')).href)) as {
      RequestSender: new (
        ua: unknown,
        request: unknown,
        handlers: unknown,
      ) => {
        _receiveResponse(response: unknown): void;
        send(): void;
      };
    };
    const headers: Record<string, string> = {};
    const request = {
      method: 'REGISTER',
      ruri: 'sip:centre.local',
      cseq: 1,
      clone: () => request,
      setHeader: (name: string, value: string) => (headers[name] = value),
    };
    const ua = {
      C: {},
      status: 1,
      configuration: { authorization_user: '1001', password: 'sixteen-characters', ha1: null, realm: null },
      set: () => true,
    };
    const sent = new RequestSender(ua, request, {});
    sent.send = () => undefined;
    sent._receiveResponse({
      status_code: 401,
      parseHeader: () => ({ algorithm: 'SHA-256', realm: 'centre.local', nonce: 'n1', qop: ['auth'] }),
    });
    expect(headers['authorization']).toMatch(/^Digest algorithm=SHA-256, username="1001", .*qop=auth/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 20_000);
