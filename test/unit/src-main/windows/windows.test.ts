import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appProtocol, jailedPath } from '../../../../src-main/windows/app-protocol';
import { isTrustedByUs } from '../../../../src-main/windows/certificate-verification';
import {
  clampBounds,
  compactBeside,
  compactRule,
  defaultSize,
  readRemembered,
  writeRemembered,
} from '../../../../src-main/windows/window-bounds';

const tls = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../../fixtures/tls', name), 'utf8');

describe('app protocol', () => {
  let outside = '';
  let root = '';
  beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), 'app-'));
    root = join(outside, 'renderer');
    for (const folder of ['src-renderer', 'src-main/phone-engine', 'assets'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'src-renderer/index.html'), '<html><head></head><body>agent</body></html>');
    writeFileSync(join(root, 'src-main/phone-engine/index.html'), '<html><head></head><body>engine</body></html>');
    writeFileSync(join(root, 'assets/a.js'), 'export {}');
  });
  afterAll(() => rmSync(outside, { recursive: true, force: true }));
  const get = (url: string): Promise<Response> => appProtocol(root)({ url });

  it('gives each host its page and its own policy', async () => {
    const [agent, engine] = [await get('app://agent/'), await get('app://engine/')];
    expect(await agent.text()).toContain('agent');
    expect(await engine.text()).toContain('engine');
    expect(agent.headers.get('content-security-policy')).not.toContain('wss:');
    expect(engine.headers.get('content-security-policy')).toContain('wss:');
  });

  it('writes another nonce into page and header at each load', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await get('app://agent/');
        const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1];
        expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('serves files of the build with their type', async () => {
    const answer = await get('app://agent/assets/a.js');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'export {}',
    ]);
  });

  it.each([
    'app://agent/../secret.txt',
    'app://agent/%2e%2e/secret.txt',
    'app://agent/..%2fsecret.txt',
    'app://agent/assets/..%2f..%2f..%2fsecret.txt',
    'app://agent/%252e%252e/secret.txt',
    'app://agent/..%5csecret.txt',
    'app://agent/assets/a.js%00.html',
    'app://agent/%ff',
    'app://agent//etc/passwd',
    'app://agent/assets',
    'app://agent/C:/windows',
    'app://other/assets/a.js',
    'app://agent/missing.js',
  ])('answers 404 to %s', async url => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('not found');
  });

  it('never leaves the root', () => {
    expect(jailedPath('/root', '/a/./b.js')).toBe('/root/a/b.js');
    expect(jailedPath('/root', '/../root-of-another/x')).toBeNull();
  });
});

describe('certificates in Chromium', () => {
  const pem = tls('self-signed.pem');
  const fingerprint = new X509Certificate(pem).fingerprint256;
  const authorities = [new X509Certificate(tls('authority.pem'))];
  const now = Date.now();

  it('accepts the chosen one for its host only', () => {
    expect(isTrustedByUs('localhost', pem, { pinned: { 'localhost:8443': fingerprint }, authorities: [] }, now)).toBe(
      true,
    );
    expect(
      isTrustedByUs('other.example', pem, { pinned: { 'localhost:8443': fingerprint }, authorities: [] }, now),
    ).toBe(false);
    expect(
      isTrustedByUs(
        'localhost',
        tls('issued.pem'),
        { pinned: { 'localhost:8443': fingerprint }, authorities: [] },
        now,
      ),
    ).toBe(false);
  });

  it("accepts what the organisation's own authority issued, for its host and in date", () => {
    const trust = { pinned: {}, authorities };
    expect(isTrustedByUs('127.0.0.1', tls('issued.pem'), trust, now)).toBe(true);
    expect(isTrustedByUs('localhost', tls('issued.pem'), trust, now)).toBe(true);
    expect(isTrustedByUs('other.example', tls('issued.pem'), trust, now)).toBe(false);
    expect(isTrustedByUs('localhost', tls('issued.pem'), trust, 0)).toBe(false);
    expect(isTrustedByUs('localhost', pem, trust, now)).toBe(false);
  });
});

describe('window bounds', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  it('start at the default size', () => expect(clampBounds(null, screens)).toEqual(defaultSize));
  it('stay where they were', () =>
    expect(clampBounds({ x: 100, y: 50, width: 1400, height: 900 }, screens)).toEqual({
      x: 100,
      y: 50,
      width: 1400,
      height: 900,
    }));
  it('come back from a screen that is gone', () =>
    expect(clampBounds({ x: 4000, y: 50, width: 1400, height: 900 }, screens)).toEqual({
      width: 1280,
      height: 800,
    }));
  it('are never smaller than usable nor larger than the screen', () => {
    expect(clampBounds({ x: 0, y: 0, width: 100, height: 100 }, screens)).toMatchObject({
      width: 960,
      height: 640,
    });
    expect(clampBounds({ x: 0, y: 0, width: 5000, height: 5000 }, screens)).toMatchObject({
      x: 0,
      y: 0,
      width: 1920,
      height: 1080,
    });
  });
});

describe('the two shapes of the window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'window-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const nothing = { isCompact: false, isOnTop: false, full: null, compact: null };

  it('are read as they were written', () => {
    const value = {
      isCompact: true,
      isOnTop: true,
      full: { x: 1, y: 2, width: 1400, height: 900, isMaximized: true },
      compact: { x: 3, y: 4, width: 380, height: 640, isMaximized: false },
    };
    const path = file('both.json', '');
    writeRemembered(path, value);
    expect(readRemembered(path)).toEqual(value);
  });

  it('are understood in a file of the first version', () => {
    const path = file('old.json', '{"x":10,"y":20,"width":1300,"height":820,"isMaximized":false}');
    const full = { x: 10, y: 20, width: 1300, height: 820, isMaximized: false };
    expect(readRemembered(path)).toEqual({ ...nothing, full });
  });

  it.each(['', '[]', 'null', '{"full":{"x":"1"}}', '{"isCompact":1}'])(
    'are forgotten when the file says %j',
    content => {
      expect(readRemembered(file('odd.json', content))).toEqual(nothing);
    },
  );

  it('put the phone where its dock was, on the screen', () => {
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
    const place = compactBeside({ x: 100, y: 50, width: 1280, height: 800 }, false);
    expect(clampBounds(place, screens, compactRule)).toEqual({ x: 1000, y: 50, width: 380, height: 640 });
  });
});
