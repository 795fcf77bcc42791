import type { Page } from '@playwright/test';
import { DemoCentre } from '../test/rig/demo-centre';
import { alone, type LoneOutcome } from './compare';
import { launch, project, windowAt } from './launch';
import { Stopwatch } from './stopwatch';

const availableWithinMs = 2_000;
const confirmedWithinMs = 150;
const identifier = 'alice.martin';

/** Sign-in clicked → Available painted, on a fresh start. Whoever sits there presses the button in the instant in which it appears. */
export async function availableBenchmark(runs: number): Promise<LoneOutcome> {
  const took: number[] = [];
  const centre = await DemoCentre.open();
  try {
    for (let run = 0; run < runs; run += 1) {
      await withAgent(centre, async (_page, _watch, availableAfterMs) => void took.push(availableAfterMs));
      await centre.setAvailability(identifier, 'on-break'); // or the next one would go on where this one was
    }
  } finally {
    await centre.close();
  }
  return alone('available', took, availableWithinMs);
}

/** State clicked in the menu → confirmed by the engine and painted. The first three do not count. */
export async function stateBenchmark(runs: number): Promise<LoneOutcome> {
  const took: number[] = [];
  const centre = await DemoCentre.open();
  try {
    await withAgent(centre, async (page, watch) => {
      await page.evaluate(watchChanges);
      for (let run = 0; run < runs; run += 1) {
        await page.getByTestId('agent-state').click();
        await page.getByRole('menuitem', { name: run % 2 === 0 ? 'Meeting' : 'Available', exact: true }).click();
        took.push(await watch.sure('the state'));
      }
    });
  } finally {
    await centre.close();
  }
  return alone('state', took.slice(3), confirmedWithinMs);
}

/** One app in which somebody signs in and becomes available. */
async function withAgent(
  centre: DemoCentre,
  run: (page: Page, watch: Stopwatch, availableAfterMs: number) => Promise<void>,
): Promise<void> {
  const launched = await launch(project, { SOFTPHONE_SERVER_URL: centre.url, SOFTPHONE_LANGUAGE: 'en' });
  try {
    const page = await windowAt(launched.app, 'app://agent');
    await page.locator('html[data-ready="true"]').waitFor();
    await page.getByRole('textbox', { name: /user name|identifier|agent name/i }).fill(identifier);
    await page.getByLabel(/^password/i).fill('demo-1001');
    const watch = await Stopwatch.in(page);
    await page.evaluate(pressAvailableAtOnce);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await run(page, watch, await watch.sure('Available'));
  } finally {
    await launched.close();
  }
}

/** In the page: from the next click to the frame after the one in which Available is drawn. */
function pressAvailableAtOnce(): void {
  let clickedAt = 0;
  let hasPressed = false;
  window.addEventListener('pointerup', () => (clickedAt = performance.now()), { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (document.querySelector('[data-testid=agent-state][data-state=available]') !== null) {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => window.benchTook(performance.now() - clickedAt)));
      return;
    }
    const button = [...document.querySelectorAll('button')].find(each => each.textContent === 'Become available');
    if (hasPressed || button === undefined) return;
    hasPressed = true;
    button.click();
  });
  observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
}

/** In the page: from each click on an entry to the frame after the one in which the confirmed state is drawn. */
function watchChanges(): void {
  let clickedAt = 0;
  const isEntry = (target: EventTarget | null): boolean =>
    target instanceof Element && target.closest('[role=menuitem]') !== null;
  window.addEventListener('pointerup', event => isEntry(event.target) && (clickedAt = performance.now()), true);
  const shown = document.querySelector('[data-testid=agent-state]');
  if (shown === null) throw new Error('no state in the header');
  new MutationObserver(() => {
    const from = clickedAt;
    requestAnimationFrame(() => setTimeout(() => window.benchTook(performance.now() - from)));
  }).observe(shown, { attributes: true, attributeFilter: ['data-state'] });
}
