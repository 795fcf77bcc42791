import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Logger } from '../../../../src-main/base/logger';
import { openOutbox } from '../../../../src-main/cache/open-outbox';
import type { CacheDb } from '../../../../src-main/cache/open-cache';
import { WrapUpDesk, type WrapUpCentre } from '../../../../src-main/wrap-up/wrap-up-desk';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { WrapUp } from '../../../../src-shared/wrap-up/wrap-up';
import { FakeClock } from '../../../fakes/fake-clock';

const nothing = (): void => undefined;
const log: Logger = { error: nothing, warn: nothing, info: nothing, debug: nothing };
const aWrapUp = (callId: string): WrapUp => ({
  callId,
  queueId: 'support',
  customerNumber: '100',
  customerName: 'Camille',
  startedAt: 1000,
  endsAt: 61_000,
  extensionsLeft: 1,
});
const words = (callId: string, note: string) => ({ callId, dispositionId: null, note });

/** The server: takes an outcome by its id, once. */
class Centre implements WrapUpCentre {
  refusal: AppError | null = null;
  /** The answer gets lost on its way. */
  losesAnswer = false;
  readonly taken = new Map<string, string>();
  asked = 0;
  readonly send: WrapUpCentre['send'] = async ({ id, note }) => {
    this.asked += 1;
    if (this.refusal !== null) throw this.refusal;
    this.taken.set(id, note);
    if (this.losesAnswer) throw new AppError('server/unreachable');
  };
  readonly extend = async (): Promise<WrapUp> => ({ ...aWrapUp('c1'), endsAt: 91_000, extensionsLeft: 0 });
}

function start(db: CacheDb = openOutbox(':memory:', log)) {
  const centre = new Centre();
  const clock = new FakeClock();
  const desk = new WrapUpDesk({ centre, db, clock, aheadMs: () => 3_600_000, log });
  return { centre, clock, desk, db };
}

describe('the work after a call', () => {
  it('keeps what is typed over a restart, for its owner only', async () => {
    const { desk, db } = start();
    desk.begin('server maya');
    desk.told(aWrapUp('c1'));
    await desk.draft(words('c1', 'wants the inv'));
    const after = start(db).desk;
    after.begin('server jonas');
    expect(after.view.forms).toEqual([]);
    after.begin('server maya');
    expect(after.view.forms).toMatchObject([{ callId: 'c1', note: 'wants the inv', running: null }]);
    after.told(aWrapUp('c1'));
    expect(after.view.forms).toMatchObject([{ callId: 'c1', note: 'wants the inv', running: { endsAt: 61_000 } }]);
  });

  it('takes last words that come after its time', async () => {
    const { desk } = start();
    desk.begin('maya');
    desk.told(aWrapUp('c1'));
    desk.told(null);
    expect(desk.view.forms).toEqual([]);
    await desk.draft(words('c1', 'late'));
    expect(desk.view.forms).toMatchObject([{ note: 'late', running: null }]);
  });

  it('keeps the draft of the call before while the next is written about', async () => {
    const { desk } = start();
    desk.begin('maya');
    desk.told(aWrapUp('c1'));
    await desk.draft(words('c1', 'first'));
    desk.told(aWrapUp('c2'));
    expect(desk.view.forms.map(({ callId }) => callId)).toEqual(['c2', 'c1']);
  });

  it('sends what is saved, with the time of the server', async () => {
    const { desk, centre, clock } = start();
    const seen: number[] = [];
    const { send } = centre;
    Object.assign(centre, {
      send: async (outcome: Parameters<typeof send>[0]) => (seen.push(outcome.savedAt), send(outcome)),
    });
    desk.begin('maya');
    desk.told(aWrapUp('c1'));
    await desk.draft(words('c1', 'x'));
    expect(await desk.save(words('c1', 'done'))).toEqual({ isKept: false });
    expect([...centre.taken.values()]).toEqual(['done']);
    expect(seen).toEqual([clock.now() + 3_600_000]);
    expect(desk.view).toEqual({ forms: [], unsent: 0 });
  });

  it('keeps what the server cannot be told, over a restart, and sends it once', async () => {
    const { desk, centre, db } = start();
    centre.refusal = new AppError('server/unreachable');
    desk.begin('maya');
    desk.told(aWrapUp('c1'));
    expect(await desk.save(words('c1', 'offline'))).toEqual({ isKept: true });
    expect(desk.view).toEqual({ forms: [], unsent: 1 });
    const later = start(db);
    later.desk.begin('maya');
    await later.desk.sendKept();
    await later.desk.sendKept();
    expect([...later.centre.taken.values()]).toEqual(['offline']);
    expect(later.centre.asked).toBe(1);
    expect(later.desk.view.unsent).toBe(0);
  });

  it('sends again under the same id when the answer got lost', async () => {
    const { desk, centre } = start();
    centre.losesAnswer = true;
    desk.begin('maya');
    await desk.sendKept();
    desk.told(aWrapUp('c1'));
    await desk.save(words('c1', 'once'));
    centre.losesAnswer = false;
    await desk.sendKept();
    expect(centre.asked).toBe(2);
    expect(centre.taken.size).toBe(1);
    expect(desk.view.unsent).toBe(0);
  });

  it('gives the form back when the server does not take it, and says so', async () => {
    const { desk, centre } = start();
    const refused: string[] = [];
    desk.refusals.hear(({ code }) => refused.push(code));
    centre.refusal = new AppError('not-found');
    desk.begin('maya');
    desk.told(aWrapUp('c1'));
    await desk.save(words('c1', 'precious'));
    expect(refused).toEqual(['not-found']);
    expect(desk.view).toMatchObject({ forms: [{ note: 'precious' }], unsent: 0 });
  });
});

describe('numbers that the policy hides from now on', () => {
  it('are gone from what was written about their calls, from the form and from the disk; the words stay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outbox-numbers-'));
    const db = openOutbox(join(folder, 'outbox.db'), log);
    const { desk, centre } = start(db);
    const clear = '+33145550142';
    desk.begin('server maya');
    desk.told({ ...aWrapUp('c1'), customerNumber: clear });
    await desk.draft(words('c1', 'half a sen'));
    await desk.draft(words('c1', 'half a sentence'));
    desk.hideNumbers();
    const [form] = desk.view.forms;
    expect([form?.customerNumber, form?.note]).toEqual(['+3314555••••', 'half a sentence']);
    const onDisk = readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1'));
    expect(onDisk.join('')).not.toContain(clear);
    await desk.save(words('c1', 'half a sentence more'));
    expect([...centre.taken.values()]).toEqual(['half a sentence more']);
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('outbox.db', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is never thrown away: a file that cannot be read lies beside the new one', () => {
    const file = join(folder, 'outbox.db');
    writeFileSync(file, 'not a database, but somebody may need it');
    openOutbox(file, log).close();
    expect(readdirSync(folder).filter(name => name.includes('unreadable'))).toHaveLength(1);
  });
});
