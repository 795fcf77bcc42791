import { describe, expect, it } from 'vitest';
import { agentStates } from '../../../src-shared/agent/agent-state';
import { gateProblems } from '../../../src-shared/agent/gate-problem';
import { callStates } from '../../../src-shared/call/call-state';
import { endCauses } from '../../../src-shared/call/end-cause';
import { errorCodes } from '../../../src-shared/errors/app-error';
import { lineState } from '../../../src-shared/line/line-state';
import { systemPauseReasons } from '../../../src-shared/policy/agent-policy';
import { shortcutNames } from '../../../src-shared/shortcuts/shortcut-names';
import { toast } from '../../../src-shared/ipc/agent-notices';
import { figureIds } from '../../../src-shared/statistics/definitions';
import en from '../../../src-shared/text/en.json';
import fr from '../../../src-shared/text/fr.json';

type Tree = { readonly [key: string]: string | Tree };
const flatten = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`;
    return typeof value === 'string' ? [[at, value]] : flatten(value, at);
  });
const catalogues = { en: new Map(flatten(en)), fr: new Map(flatten(fr)) };
const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
const toastKeys = toast.shape.text.options[1].shape.toast.options;

const demanded = [
  ...errorCodes.flatMap(code => [`errors.${code}.what`, `errors.${code}.next`]),
  ...endCauses.flatMap(cause => [`end-cause.${cause}`, `outcome.${cause}`]),
  ...callStates.map(state => `call.${state}`),
  ...agentStates.map(state => `agent.${state}`),
  ...lineState.options.map(option => `line.${option.shape.state.value}`),
  ...systemPauseReasons.map(reason => `agent.reason-${reason}`),
  ...gateProblems.flatMap(problem => [`gate.${problem}.what`, `gate.${problem}.next`]),
  ...shortcutNames.map(name => `help.${name}`),
  ...figureIds.flatMap(id => [`figures.${id}.name`, `figures.${id}.is`]),
  ...toastKeys.map(key => `toasts.${key}`),
];

describe.each(['en', 'fr'] as const)('text in %s', language => {
  const texts = catalogues[language];

  it('has a sentence for every code, cause, state and message', () => {
    expect(demanded.filter(key => (texts.get(key) ?? '').trim() === '')).toEqual([]);
  });

  it('leaves nothing empty', () => {
    expect([...texts].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });
});

describe('both languages', () => {
  it('have the same keys', () => {
    expect([...catalogues.fr.keys()].toSorted()).toEqual([...catalogues.en.keys()].toSorted());
  });

  it('have the same gaps to fill', () => {
    const differing = [...catalogues.en].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(catalogues.fr.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('have no code for text that no longer exists', () => {
    const known = new Set<string>([...errorCodes, 'code']);
    expect(Object.keys(en.errors).filter(code => !known.has(code))).toEqual([]);
  });
});
