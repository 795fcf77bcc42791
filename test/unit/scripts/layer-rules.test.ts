import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../../..');
const oxlint = join(project, 'node_modules/.bin/oxlint');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer-rules-'));
  cpSync(join(project, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plants one file with one import and asks the linter about it. */
function complaintsAbout(file: string, imported: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${imported}';\nexport const planted = thing;\n`);
  const { stdout } = spawnSync(process.execPath, [oxlint, file], { cwd: folder, encoding: 'utf8' });
  rmSync(path);
  return stdout;
}

describe('who may import what (architecture: import directions)', () => {
  const forbidden: [string, string][] = [
    ['src-shared/call/planted.ts', 'node:fs'],
    ['src-shared/call/planted.ts', 'electron'],
    ['src-shared/call/planted.ts', '../../src-main/phone/call-desk'],
    ['src-renderer/phone/planted.ts', '../../src-main/phone/call-desk'],
    ['src-renderer/phone/planted.ts', 'electron'],
    ['src-renderer/phone/planted.ts', 'node:fs'],
    ['src-renderer/phone/planted.ts', 'wavesurfer.js'],
    ['src-renderer/components/Button/planted.ts', '../../phone/PhoneDock'],
    ['src-server/routes/planted.ts', '../../src-main/phone/call-desk'],
    ['src-server/routes/planted.ts', 'better-sqlite3'],
    ['src-main/phone/planted.ts', 'electron'],
    ['src-main/phone/planted.ts', '../ipc/engine-link'],
    ['src-main/phone/planted.ts', '../os/tray'],
    ['src-main/phone/planted.ts', '../../src-server/build-server'],
    ['src-main/phone/planted.ts', 'jssip'],
    ['src-main/agent/planted.ts', 'better-sqlite3'],
    ['src-main/windows/planted.ts', '../phone-engine/phone'],
    ['src-main/phone-engine/planted.ts', '../phone/call-desk'],
    ['src-main/phone-engine/planted.ts', 'electron'],
    ['src-main/phone-engine/planted.ts', 'node:fs'],
  ];
  for (const [file, imported] of forbidden)
    test(`${dirname(file)} must not import ${imported}`, () =>
      expect(complaintsAbout(file, imported)).toContain('no-restricted-imports'));

  const allowed: [string, string][] = [
    ['src-shared/call/planted.ts', 'zod'],
    ['src-shared/call/planted.ts', '../agent/agent-state'],
    ['src-renderer/phone/planted.ts', '../../src-shared/call/call'],
    ['src-server/database/planted.ts', 'better-sqlite3'],
    ['src-main/cache/planted.ts', 'better-sqlite3'],
    ['src-main/os/planted.ts', 'electron'],
    ['src-main/phone-engine/planted.ts', '../../src-shared/call/call'],
    ['src-main/phone-engine/planted.ts', 'jssip'],
  ];
  for (const [file, imported] of allowed)
    test(`${dirname(file)} may import ${imported}`, () =>
      expect(complaintsAbout(file, imported)).not.toContain('no-restricted-imports'));
});
