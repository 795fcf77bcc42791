import type { Page } from '@playwright/test';
import { FaultProxy } from '../test/rig/fault-proxy';
import type { Customer } from '../test/rig/demo-centre';
import { TestPhone } from '../test/telephony/test-phone';
import { type Outcome, compare } from './compare';
import { type BenchPhone, type TwoPhones, nextSip, openTwoPhones, until } from './two-phones';

const supervisor = { extension: '2001', password: 'demo-2001' };
/** Neither music nor a voice has much of it. */
const supervisorTone = 3100;
const customerTone = 440;
/** Of a second of sound, 0 to 1: less than three packets of the tone, and more than music has of it. */
const beginning = 0.008;
/** Of a telephone's samples. */
const loud = 1000;

/** From the click; milliseconds. */
interface Took {
  /** Until the supervisor's phone is rung. */
  readonly ring: number;
  /** Until customer and supervisor hear each other. */
  readonly together: number;
}

/** Somebody's phone that answers, and the wire before it. */
interface Supervisor {
  readonly phone: TestPhone;
  readonly proxy: FaultProxy;
}

/**
 * Ours asks the supervisor and then completes; the bare page can only send the customer away, and the supervisor answers at once.
 * Click → supervisor rings, and (second) click → customer and supervisor hear each other.
 */
export async function transferBenchmark(pairs: number): Promise<readonly Outcome[]> {
  const phones = await openTwoPhones();
  const proxy = await FaultProxy.before(phones.centre.url);
  const line = await phones.centre.lineOf(supervisor.extension, supervisor.password, proxy.url);
  const phone = await TestPhone.registered({
    url: line.webSocketUrl,
    extension: line.authorizationUser,
    secret: line.secret,
    domain: line.sipUri.split('@')[1] ?? '',
    hz: supervisorTone,
  });
  const target = { phone, proxy };
  try {
    const took: { ours: Took; peer: Took }[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const isOursFirst = pair % 2 === 0;
      const early = isOursFirst ? await ourTransfer(phones, target) : await peerTransfer(phones, target);
      const late = isOursFirst ? await peerTransfer(phones, target) : await ourTransfer(phones, target);
      took.push(isOursFirst ? { ours: early, peer: late } : { ours: late, peer: early });
    }
    const of = (what: keyof Took) => took.map(({ ours, peer }) => ({ ours: ours[what], peer: peer[what] }));
    return [
      compare(['consult', 'ms'], of('ring'), { text: 'our p95 ≤ 300 ms', isMet: (_, { p95 }) => p95 <= 300 }),
      compare(['complete', 'ms'], of('together'), { text: 'our p95 ≤ 400 ms', isMet: (_, { p95 }) => p95 <= 400 }),
    ];
  } finally {
    await phone.close();
    await proxy.stop();
    await phones.close();
  }
}

/** A customer who talks with this phone's agent, who is offered nobody else. */
async function talking({ centre, ours, peer }: TwoPhones, phone: BenchPhone): Promise<Customer> {
  for (const each of [ours, peer])
    await centre.setAvailability(each.identifier, each === phone ? 'available' : 'on-break');
  const invited = nextSip(phone, 'server', 'INVITE');
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  const invitedAt = await invited;
  await until('the card', () => phone.paintedAfter(invitedAt));
  await phone.click('answer');
  await until('talk', async () => ((await customer.state()) === 'talking' ? true : null));
  await centre.setAvailability(phone.identifier, 'on-break');
  return customer;
}

/** When the supervisor's phone is rung; it answers when told to. */
function nextRing({ phone, proxy }: Supervisor) {
  const index = phone.incomingCount;
  const rungAt = nextSip({ proxy }, 'server', 'INVITE');
  return { rungAt, call: () => phone.incoming(index) };
}

/** Each hears the other: the later of both. */
async function together(customer: Customer, call: Awaited<ReturnType<TestPhone['incoming']>>): Promise<number> {
  const now = (): number => performance.timeOrigin + performance.now();
  const [supervisorAt, customerAt] = await Promise.all([
    until('the supervisor hears the customer', () => (call.media.heard.latest(customerTone) > loud ? now() : null)),
    until('the customer hears the supervisor', async () =>
      (await customer.hears(supervisorTone)) > beginning ? now() : null,
    ),
  ]);
  return Math.max(supervisorAt, customerAt);
}

async function ourTransfer(phones: TwoPhones, target: Supervisor): Promise<Took> {
  const { ours } = phones;
  const customer = await talking(phones, ours);
  const { page } = ours;
  await page.locator('[data-testid="active-call"][data-state="active"]').waitFor();
  await page.keyboard.press('Control+e');
  await page.getByRole('combobox').fill(supervisor.extension);
  await page.getByRole('option', { name: supervisor.extension }).first().waitFor();
  const { rungAt, call } = nextRing(target);
  const pressedAt = await stampedEnter(page);
  const ring = (await rungAt) - pressedAt;
  const asked = await call();
  await asked.answer();
  const complete = '[data-testid="consult-panel"][data-state="asking"] button';
  await page.locator(complete).first().waitFor();
  await until('they talk', () => (asked.state === 'confirmed' ? true : null));
  const clickedAt = await page.evaluate(selector => {
    const at = performance.timeOrigin + performance.now();
    document.querySelector<HTMLButtonElement>(selector)?.click();
    return at;
  }, complete);
  const togetherAt = await together(customer, asked);
  await over(phones, ours, asked);
  return { ring, together: togetherAt - clickedAt };
}

async function peerTransfer(phones: TwoPhones, target: Supervisor): Promise<Took> {
  const { peer } = phones;
  const customer = await talking(phones, peer);
  await peer.readyToDial(supervisor.extension);
  const { rungAt, call } = nextRing(target);
  const clickedAt = await peer.click('refer');
  const ring = (await rungAt) - clickedAt;
  const sent = await call();
  await sent.answer();
  const togetherAt = await together(customer, sent);
  await over(phones, peer, sent);
  return { ring, together: togetherAt - clickedAt };
}

async function over(
  { centre }: TwoPhones,
  phone: BenchPhone,
  call: Awaited<ReturnType<TestPhone['incoming']>>,
): Promise<void> {
  call.hangUp();
  await phone.isIdle();
  await centre.sendCustomersHome();
}

/** Enter in the list, stamped in the page as it arrives there. */
async function stampedEnter(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.addEventListener(
      'keydown',
      () => (document.documentElement.dataset['benchEnter'] = String(performance.timeOrigin + performance.now())),
      { capture: true, once: true },
    );
  });
  await page.keyboard.press('Enter');
  return page.evaluate(() => Number(document.documentElement.dataset['benchEnter']));
}
