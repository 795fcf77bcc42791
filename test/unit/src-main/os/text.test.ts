import { describe, expect, it } from 'vitest';
import { languageFor, osText } from '../../../../src-main/os/text';
import { maskNumbersIn } from '../../../../src-main/base/logger';
import { readLaunchOptions } from '../../../../src-main/launch-options';

describe("main's sentences", () => {
  it('are found in both languages, with their parameters', () => {
    expect(osText('en', 'title.ringing', { caller: 'Zoé' })).toBe('Zoé is calling – Agent Softphone');
    expect(osText('fr', 'title.ringing', { caller: 'Zoé' })).toBe('Appel de Zoé – Agent Softphone');
  });

  it('do not read what a caller wrote as a parameter', () => {
    expect(osText('en', 'notification.incoming-body-queue', { caller: '{{queue}}', queue: 'Support' })).toBe(
      '{{queue}} – Support',
    );
  });

  it.each([
    [null, 'fr-CA', 'fr'],
    [null, 'de-DE', 'en'],
    ['en', 'fr-FR', 'en'],
  ] as const)('chosen %s, system %s: %s', (chosen, system, language) =>
    expect(languageFor(chosen, system)).toBe(language),
  );
});

describe('log masking', () => {
  it.each([
    ['call from +33145550101 ended', 'call from …101 ended'],
    ['dial 0145550101', 'dial …101'],
    ['call 7f3a9c11-2222-4333-8444-123456789012 ended', 'call 7f3a9c11-2222-4333-8444-123456789012 ended'],
    ['ready after 698 ms', 'ready after 698 ms'],
  ])('%s', (text, masked) => expect(maskNumbersIn(text)).toBe(masked));
});

describe('launch options', () => {
  it('are all off by default', () => {
    expect(readLaunchOptions({}, [])).toEqual({
      userDataFolder: null,
      serverUrl: null,
      language: null,
      isBench: false,
      caFile: null,
      needsShortcutPortal: false,
      isWithoutSandbox: false,
    });
  });

  it('ask the portal for shortcuts under Wayland only', () => {
    const under = (type: string): boolean => readLaunchOptions({ XDG_SESSION_TYPE: type }, []).needsShortcutPortal;
    expect([under('wayland'), under('x11'), under('')]).toEqual([true, false, false]);
  });

  it('take what is said and ignore what makes no sense', () => {
    const said = {
      SOFTPHONE_USER_DATA: '/profile',
      SOFTPHONE_SERVER_URL: 'https://a.example',
      SOFTPHONE_LANGUAGE: 'xx',
      SOFTPHONE_BENCH: '1',
      SOFTPHONE_CA_FILE: '',
    };
    expect(readLaunchOptions(said, ['electron', '--no-sandbox'])).toEqual({
      userDataFolder: '/profile',
      serverUrl: 'https://a.example',
      language: null,
      isBench: true,
      caFile: null,
      needsShortcutPortal: false,
      isWithoutSandbox: true,
    });
  });
});
