import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../src-shared/settings/settings';
import { SettingsStore } from '../../../../src-main/os/settings-store';
import { QuietLogger } from '../../../fakes/quiet-logger';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, 'settings.json');
const open = (): SettingsStore => new SettingsStore(folder, new QuietLogger());

describe('settings store', () => {
  it('starts with the defaults', () => {
    const store = open();
    expect([store.value, store.wasReset]).toEqual([defaultSettings, false]);
  });

  it('remembers a change and tells it', () => {
    const store = open();
    const heard: string[] = [];
    store.changes.hear(({ theme }) => heard.push(theme));
    store.change({ theme: 'dark' });
    expect(heard).toEqual(['dark']);
    expect(open().value.theme).toBe('dark');
  });

  it.each(['{"theme": "dark"', 'rubbish', '', '[1,2]', 'null', '"text"'])(
    'sets %j aside and starts with the defaults',
    content => {
      writeFileSync(file(), content);
      const store = open();
      expect([store.value, store.wasReset]).toEqual([defaultSettings, true]);
      expect(readFileSync(`${file()}.unreadable`, 'utf8')).toBe(content);
      expect(open().wasReset).toBe(false);
    },
  );

  it('keeps what is readable of a file with one bad value', () => {
    writeFileSync(
      file(),
      JSON.stringify({
        theme: 'purple',
        ringVolume: 0.3,
        unknown: 1,
        trustedCertificates: { 'a:1': 'no fingerprint' },
      }),
    );
    const store = open();
    expect(store.wasReset).toBe(true);
    expect(store.value).toEqual({ ...defaultSettings, ringVolume: 0.3 });
  });

  it('takes a file of an older version, in which something is missing, as it is', () => {
    writeFileSync(file(), JSON.stringify({ theme: 'light' }));
    const store = open();
    expect([store.wasReset, store.value.theme, store.value.ringTone]).toEqual([false, 'light', 'classic']);
  });

  it('refuses a value that is none', () => {
    expect(() => open().change({ ringVolume: 7 })).toThrow('ringVolume');
  });
});
