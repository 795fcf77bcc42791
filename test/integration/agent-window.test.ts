import { chromium, type Browser, type Locator, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src-shared/call/call';
import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import type { FakeAgentBridge } from '../fakes/fake-agent-bridge';
import { startLooksServer } from '../looks/start-looks-server.mjs';
import { aCall } from '../builders/a-call';

/** The real window in Chromium with a fake bridge: what it asks, and what it makes of notices. */
declare global {
  interface Window {
    readonly fakeBridge: FakeAgentBridge;
  }
}
let server: Awaited<ReturnType<typeof startLooksServer>>;
let browser: Browser;
let page: Page;
let revision = 10;
let pageErrors: string[] = [];

const open = async (scene: string): Promise<void> => {
  await page.goto(`${server.url}/test/looks/look.html?scene=${scene}`);
  await page.locator('html[data-ready=true]').waitFor();
};
const asked = (prefix: string): Promise<{ readonly name: string; readonly input: unknown }[]> =>
  page.evaluate(start => window.fakeBridge.asked.filter(({ name }) => name.startsWith(start)), prefix);
const untilAsked = async (name: string, input: unknown): Promise<void> => {
  await expect.poll(async () => (await asked(name)).at(-1)?.input).toEqual(input);
};
const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
const send = (notice: AgentNotice): Promise<void> => page.evaluate(sent => window.fakeBridge.send(sent), notice);
const show = async (...calls: readonly Call[]): Promise<void> =>
  send({ type: 'calls.changed', revision: (revision += 1), calls: [...calls] });
const aRingingCall = (part: Partial<Call>): Call =>
  aCall({
    id: 'c1',
    state: 'ringing',
    remote: { number: '1007', name: 'Jonas' },
    queueName: null,
    startedAt: 1,
    ...part,
  });

beforeAll(async () => {
  server = await startLooksServer();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    ignoreDefaultArgs: ['--hide-scrollbars'], // in the app they take room
  });
  page = await browser.newPage({ locale: 'en-CA', viewport: { width: 960, height: 640 } });
  await open('idle');
  await page.close();
}, 120_000);
beforeEach(async () => {
  page = await browser.newPage({ locale: 'en-CA', viewport: { width: 960, height: 640 } });
  pageErrors = [];
  page.on('pageerror', error => pageErrors.push(error.message));
});
afterEach(async () => {
  await page.close();
  if (pageErrors.length > 0) throw new Error(`the window threw: ${pageErrors.join('; ')}`);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe('the start', () => {
  it('goes on when the state of things comes in the very moment in which the window has begun to wait for it', async () => {
    await page.addInitScript(() => {
      let bridge: Window['agentBridge'] | undefined;
      const waitingIsDrawn = new Promise<void>(resolve =>
        new MutationObserver(() => document.querySelector('main') && resolve()).observe(document, {
          childList: true,
          subtree: true,
        }),
      );
      Object.defineProperty(window, 'agentBridge', {
        get: () => bridge,
        set: (real: Window['agentBridge']) => {
          const ask = async (name: string, input: unknown): Promise<unknown> => {
            const answer = await real.ask(name, input);
            if (name === 'app.snapshot') await waitingIsDrawn;
            return answer;
          };
          bridge = { ...real, ask };
        },
      });
    });
    await open('idle');
    expect(await page.getByLabel('Number to call').count()).toBe(1);
  });
});

describe('a ringing call', () => {
  it('that is picked up at once closes nothing that was opened after it, however late the window paints', async () => {
    await open('idle');
    const call = aRingingCall({ device: 'desk-phone' });
    const talking: Call = { ...call, state: 'active', answeredAt: 2 };
    await page.evaluate(
      ([first, then]) => {
        const { fakeBridge } = window;
        [first, then].forEach((each, at) =>
          fakeBridge.send({ type: 'calls.changed', revision: 50 + at, calls: [each] }),
        );
        const keys = { key: 't', code: 'KeyT', ctrlKey: true, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', keys));
      },
      [call, talking] as const,
    );
    await page.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
    expect(await page.getByRole('dialog', { name: 'Transfer this call' }).isVisible()).toBe(true);
  });

  it('has the focus on Answer, and a double click answers once and does not mute what follows', async () => {
    await open('ringing');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Answer');
    await page.evaluate(() => {
      const bridge = window.fakeBridge;
      const ringing = bridge.snapshot.flatMap(notice => (notice.type === 'calls.changed' ? notice.calls : []));
      bridge.answers['call.answer'] = () => {
        bridge.send({
          type: 'calls.changed',
          revision: 50,
          calls: ringing.map(call => ({ ...call, state: 'active' as const, answeredAt: Date.now() })),
        });
        return { ok: true, value: undefined };
      };
    });
    const decline = await button('Decline').boundingBox();
    const answer = await button('Answer').boundingBox();
    await page.mouse.dblclick((answer?.x ?? 0) + 40, (answer?.y ?? 0) + 30);
    await button('Hang up').waitFor();
    expect((await asked('call.')).map(({ name }) => name)).toEqual(['call.answer']);
    expect(await button('Hang up').boundingBox()).toEqual(decline);
  });

  it('leaves the focus to somebody who types', async () => {
    await open('idle');
    await page.getByLabel('Number to call').focus();
    await show(aRingingCall({}));
    await button('Answer').waitFor();
    expect(await page.getByLabel('Number to call').evaluate(field => field === document.activeElement)).toBe(true);
    await button('Decline').click();
    await untilAsked('call.decline', { callId: 'c1' });
  });

  it('says why answering failed and what to do', async () => {
    await open('ringing');
    await page.evaluate(() => {
      window.fakeBridge.answers['call.answer'] = () => ({
        ok: false,
        error: { code: 'microphone/denied', message: 'secret detail', params: {} },
      });
    });
    await page.keyboard.press('Control+Enter');
    await page.getByText('The microphone is blocked, so nobody could hear you.').waitFor();
    expect(await page.getByText('secret detail').count()).toBe(0);
  });

  it('stays quiet when the caller gave up in the same instant', async () => {
    await open('ringing');
    await page.evaluate(() => {
      window.fakeBridge.answers['call.answer'] = () => ({
        ok: false,
        error: { code: 'call/unknown', message: '', params: {} },
      });
    });
    await button('Answer').click();
    await show(aRingingCall({ state: 'ended', endedAt: 2, endCause: 'caller-cancelled' }));
    await page.getByText('The caller hung up before you answered.').waitFor();
    expect(await page.getByTestId('toasts').getByRole('alert').count()).toBe(0);
  });
});

describe('a running call', () => {
  it('shows mute and hold as main says, not as clicked', async () => {
    await open('talking');
    await button('Mute').click();
    await untilAsked('call.mute', { callId: 'c1', isMuted: true });
    expect(await button('Mute').getAttribute('aria-pressed')).toBe('false');
    await show(aRingingCall({ state: 'held', heldBy: ['agent'], isMuted: true, pendingAction: 'resume' }));
    await expect.poll(() => button('Mute').getAttribute('aria-pressed')).toBe('true');
    expect(await button('Resume').getAttribute('aria-busy')).toBe('true');
    await button('Resume').click({ force: true });
    expect(await asked('call.resume')).toEqual([]);
  });

  it('sends digits from keys and keypad, and obeys the shortcuts', async () => {
    await open('talking');
    await button('Keypad').click();
    await page.keyboard.press('5');
    await button('Star').click();
    await expect.poll(() => page.getByTestId('sent-digits').textContent()).toBe('5*');
    for (const keys of ['Control+h', 'Control+m', 'Control+Shift+H']) await page.keyboard.press(keys);
    await expect
      .poll(async () => (await asked('call.')).map(({ name }) => name))
      .toEqual(['call.dtmf', 'call.dtmf', 'call.hold', 'call.mute', 'call.hang-up']);
  });

  it('keeps hang up in its place when the line is lost, and says that the call goes on', async () => {
    await open('talking');
    const before = await button('Hang up').boundingBox();
    await send({ type: 'line.changed', revision: 2, line: { state: 'reconnecting', attempt: 1, retryAt: 0 } });
    await page.getByTestId('line-lost-in-call').waitFor();
    expect(await button('Hang up').boundingBox()).toEqual(before);
  });

  it('asks before signing out', async () => {
    await open('talking');
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await button('Hang up and sign out').waitFor();
    expect(await asked('session.sign-out')).toEqual([]);
    await button('Hang up and sign out').click();
    await untilAsked('session.sign-out', {});
  });
});

describe('the dial field', () => {
  it('repeats from its history, cleans, and refuses letters and nothing with a sentence', async () => {
    await open('idle');
    const field = page.getByLabel('Number to call');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('+33 1 42 68 53 00');
    await field.press('Enter');
    await untilAsked('call.dial', { target: '+33142685300' });
    await expect.poll(() => field.inputValue()).toBe('');
    await field.press('Enter');
    await page.getByText('There is no number to call.').waitFor();
    await field.fill('call bob');
    await field.press('Enter');
    await page.getByText('A number has only digits').waitFor();
    expect(await asked('call.dial')).toHaveLength(1);
  });
});

describe('sign-in', () => {
  it('trusts an unknown certificate only by an explicit choice, then signs in', async () => {
    await open('sign-in-certificate');
    await page.getByTestId('certificate-panel').waitFor();
    expect(await button('Cancel').evaluate(cancel => cancel === document.activeElement)).toBe(true);
    await page.evaluate(() => {
      const { answers } = window.fakeBridge;
      answers['server.trust-certificate'] = () => {
        answers['server.probe'] = () => ({
          ok: true,
          value: {
            product: 'agent-softphone-server',
            version: '1',
            name: 'Centre',
            support: { email: null, phone: null },
            canResetPassword: false,
          },
        });
        return { ok: true, value: undefined };
      };
    });
    await button('I compared it, trust this server').click();
    await page.getByLabel('Agent name, extension or e-mail').fill(' maya ');
    await page.getByLabel('Password').fill('secret');
    await page.getByLabel('Password').press('Enter');
    await untilAsked('session.sign-in', {
      serverUrl: 'https://phone.northwind.example',
      identifier: 'maya',
      password: 'secret',
      rememberIdentifier: false,
    });
  });

  it('sends no password to a server that is not ours', async () => {
    await open('sign-in-unreachable');
    await page.getByText('The server does not answer.').waitFor();
    await page.getByLabel('Agent name, extension or e-mail').fill('maya');
    await page.getByLabel('Password').fill('secret');
    await page.getByLabel('Password').press('Enter');
    await expect.poll(async () => (await asked('server.probe')).length).toBeGreaterThan(1);
    await page.getByText('The server does not answer.').waitFor();
    expect(await asked('session.sign-in')).toEqual([]);
  });
});

interface FoundOtherwise {
  readonly count: number;
  readonly rowsAtOnce?: number;
  readonly isCounting?: boolean;
  /** All that the scene finds is told before the answer. */
  readonly isToldFirst?: boolean;
}
/** The scene's search of calls answers otherwise from now on, and its further rows are none. */
const finds = (otherwise: FoundOtherwise): Promise<void> =>
  page.evaluate(({ count, rowsAtOnce, isCounting = false, isToldFirst = false }) => {
    const bridge = window.fakeBridge;
    const search = bridge.answers['records.search'];
    if (search === undefined) throw new Error('the scene finds nothing');
    bridge.answers['records.search'] = async input => {
      const found = await search(input);
      if (!found.ok) return found;
      if (isToldFirst) bridge.send({ type: 'records.found', revision: 100, found: found.value });
      return { ok: true, value: { ...found.value, count, isCounting, rows: found.value.rows.slice(0, rowsAtOnce) } };
    };
    bridge.answers['records.rows'] = asked => ({ ok: true, value: Array.from({ length: asked.count }, () => null) });
  }, otherwise);

describe('a list of calls', () => {
  it('shows columns whole in the smallest window: what can be done with a row covers none of them', async () => {
    await open('calls');
    await page.locator('nav').getByRole('button', { name: 'Calls' }).click();
    const row = page.getByTestId('calls-table').getByRole('row').first();
    await row.getByRole('button', { name: 'Play recording' }).waitFor();
    const cells = await row.getByRole('gridcell').evaluateAll(all =>
      all.map(cell => {
        const { left, right } = cell.getBoundingClientRect();
        return { left, right };
      }),
    );
    const orders = cells.pop();
    const inSight = cells.filter(({ left }) => left < (orders?.left ?? 0) - 1);
    expect([cells.length, inSight.length]).toEqual([7, 4]);
    expect(Math.abs((inSight.at(-1)?.right ?? 0) - (orders?.left ?? 0))).toBeLessThanOrEqual(1);
  });
});

describe('a list of ten thousand calls', () => {
  it('is a table for a screen reader too, with the names of its columns, wherever it was scrolled to', async () => {
    await open('calls');
    await finds({ count: 10_000 });
    await page.locator('nav').getByRole('button', { name: 'Calls' }).click();
    const table = page.getByTestId('calls-table');
    await table.focus();
    await page.keyboard.press('Control+End');
    await table.locator('[role=row][data-active]').waitFor();
    const cdp = await page.context().newCDPSession(page);
    const { nodes } = await cdp.send('Accessibility.getFullAXTree');
    const below = (id: string): typeof nodes => nodes.filter(({ parentId }) => parentId === id);
    const named = ({ name }: (typeof nodes)[number]): unknown => name?.value;
    const grid = nodes.find(({ role }) => role?.value === 'grid')!;
    const heads = below(grid.nodeId).find(({ role }) => role?.value === 'row')!;
    expect(new Set(below(heads.nodeId).map(({ role }) => role?.value))).toEqual(new Set(['columnheader']));
    const names = ['Date', 'Customer', 'Number', 'Duration', 'Outcome', 'Type', 'Queue', 'Actions'];
    expect(below(heads.nodeId).map(named)).toEqual(names);
    expect(await table.getAttribute('aria-rowcount')).toBe('10001');
    expect(await table.locator('[role=row][data-active]').getAttribute('aria-rowindex')).toBe('10001');
    const active = grid.properties?.find(({ name }) => name === 'activedescendant')?.value.relatedNodes?.[0];
    expect(active?.backendDOMNodeId).toBeDefined();
  });

  it('fetches the next rows while it still moves, as slowly as one reads', async () => {
    await open('calls');
    await finds({ count: 10_000 });
    await page.locator('nav').getByRole('button', { name: 'Calls' }).click();
    const table = page.getByTestId('calls-table');
    await table.getByRole('gridcell').first().waitFor();
    const fetched = await table.evaluate(async box => {
      const asked = window.fakeBridge.asked;
      const before = asked.length;
      for (let frame = 0; frame < 30; frame += 1) {
        box.scrollBy({ top: 64, behavior: 'instant' });
        await new Promise(requestAnimationFrame);
      }
      return asked
        .slice(before)
        .filter(({ name }) => name === 'records.rows')
        .map(({ input }) => (input as { first: number }).first);
    });
    expect(fetched).toEqual([50, 100, 150]);
  });
});

describe('a search', () => {
  it('asks once for the rows in sight that did not come with the answer', async () => {
    await open('calls');
    await finds({ count: 60, rowsAtOnce: 5 });
    await page.locator('nav').getByRole('button', { name: 'Calls' }).click();
    await untilAsked('records.rows', expect.objectContaining({ first: 0 }));
    await page.evaluate(async () => {
      for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
    });
    expect(await asked('records.rows')).toHaveLength(1);
  });

  it('shows what was told of it last, also when that overtakes its answer', async () => {
    await open('calls');
    await finds({ count: 0, rowsAtOnce: 0, isCounting: true, isToldFirst: true });
    await page.locator('nav').getByRole('button', { name: 'Calls' }).click();
    await page.getByText('60 found').waitFor();
    expect(await page.getByTestId('calls-table').getByRole('row').count()).toBeGreaterThan(5);
  });
});
