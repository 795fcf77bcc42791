import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkSchemes } from '../../../src-shared/customers/phone-link';

const packaging = readFileSync(resolve(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');

describe('the package', () => {
  it('offers itself for every scheme the phone understands', () => {
    expect(packaging).toContain(`schemes: [${linkSchemes.join(', ')}]`);
  });

  it('is started with a link after `--`, where nothing is a switch', () => {
    expect(packaging).toMatch(/executableArgs: \['--', '%u'\]/);
  });
});
