import { describe, expect, it } from 'vitest';
import { FigureDesk, type FigureCentre } from '../../../../src-main/figures/figure-desk';
import { AppError } from '../../../../src-shared/errors/app-error';
import { someFigures } from '../../../builders/some-figures';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

type Told = Awaited<ReturnType<FigureCentre['mine']>>;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

function aDesk(isWorking = () => false) {
  const clock = new FakeClock();
  const asked: { answer: (told: Told) => void; fail: (error: unknown) => void }[] = [];
  const desk = new FigureDesk({
    centre: {
      mine: () => new Promise<Told>((answer, fail) => asked.push({ answer, fail })),
      calls: input => Promise.reject(new AppError('internal', JSON.stringify(input))),
    },
    clock,
    log: new QuietLogger(),
    timeZone: () => 'Europe/Paris',
    isWorking,
  });
  const shown: (number | null | undefined)[] = [];
  desk.changes.hear(({ figures }) =>
    shown.push(figures?.find(({ id, period }) => id === 'calls' && period === 'today')?.value),
  );
  const answers = async (calls: number): Promise<void> => {
    asked.shift()?.answer({ figures: someFigures({ 'today.calls': calls }) });
    await settle();
  };
  return { clock, asked, desk, shown, answers };
}

describe('my figures', () => {
  it('come with the session and again after a call, once for all that is told of it', async () => {
    const { clock, asked, desk, shown, answers } = aDesk();
    desk.begin();
    await answers(1);
    for (let times = 0; times < 5; times += 1) desk.outdated();
    clock.pass(300);
    expect(asked).toHaveLength(1);
    await answers(2);
    expect(shown).toEqual([undefined, 1, 2]);
  });

  it('are asked for once more when a call ended while the centre was answering', async () => {
    const { clock, asked, desk, shown, answers } = aDesk();
    desk.begin();
    desk.outdated();
    clock.pass(300);
    await answers(1);
    clock.pass(300);
    expect(asked).toHaveLength(1);
    await answers(2);
    expect(shown.at(-1)).toBe(2);
  });

  it('stay when the centre does not answer, which is said, and are tried again', async () => {
    const { clock, asked, desk, answers } = aDesk();
    desk.begin();
    await answers(7);
    desk.outdated();
    clock.pass(300);
    asked.shift()?.fail(new AppError('server/unreachable'));
    await settle();
    expect(desk.view.failure).toBe('server/unreachable');
    expect(desk.view.figures).not.toBeNull();
    clock.pass(30_000);
    await answers(8);
    expect(desk.view.failure).toBeNull();
  });

  it('of somebody who has left are not taken', async () => {
    const { asked, desk, shown } = aDesk();
    desk.begin();
    desk.end();
    asked.shift()?.answer({ figures: someFigures({ 'today.calls': 9 }) });
    await settle();
    expect([shown.at(-1), desk.view.figures]).toEqual([undefined, null]);
  });

  it('are asked for on a new day and while a call runs, otherwise not', async () => {
    let isWorking = false;
    const { clock, asked, desk, answers } = aDesk(() => isWorking);
    desk.begin();
    await answers(1);
    clock.pass(60_000);
    expect(asked).toHaveLength(0);
    isWorking = true;
    clock.pass(30_000);
    expect(asked).toHaveLength(1);
    await answers(1);
    isWorking = false;
    clock.pass(25 * 3_600_000);
    expect(asked).toHaveLength(1);
  });

  it('open in the time zone of this computer', async () => {
    const { desk } = aDesk();
    await expect(desk.calls({ figure: 'calls', period: 'today' })).rejects.toThrow(/Europe\/Paris/);
  });
});
