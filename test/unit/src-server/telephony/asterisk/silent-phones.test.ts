import { expect, test } from 'vitest';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import type { AmiConnection } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import type { CallTracker } from '../../../../../src-server/telephony/asterisk/calls/call-tracker';
import { newLeg, type TrackedLeg } from '../../../../../src-server/telephony/asterisk/calls/tracked-leg';
import { SilentPhones } from '../../../../../src-server/telephony/asterisk/lines/silent-phones';
import { FakeClock } from '../../../../fakes/fake-clock';
import { QuietLogger } from '../../../../fakes/quiet-logger';

const aLeg = (extension: string, uniqueid: string): TrackedLeg => ({
  ...newLeg({
    id: uniqueid,
    uniqueid,
    channel: `PJSIP/${uniqueid}`,
    role: 'agent',
    number: extension,
    extension,
    isOffer: true,
  }),
  hasRung: true,
  isAnswered: true,
});

/** Phones with these legs, of which each sends until the test says otherwise. */
function aWatch(...legs: readonly TrackedLeg[]) {
  const clock = new FakeClock();
  const mute = new Set<TrackedLeg>();
  const lost: string[] = [];
  const questions: string[] = [];
  const rig = { answer: false as boolean | null, mute, lost, questions, pass };
  let packets = 1;
  const countOf = (channel: string): string => {
    const leg = legs.find(each => each.channel === channel);
    return leg !== undefined && mute.has(leg) ? '7' : String((packets += 1));
  };
  const watch = new SilentPhones({
    ami: {
      isConnected: true,
      action: async ({ Channel }: { Channel: string }) => new AmiMessage(new Map([['value', [countOf(Channel)]]])),
    } as unknown as AmiConnection,
    calls: {
      running: [
        { parties: legs.filter(leg => leg.isAnswered), legs: new Map(legs.map(leg => [leg.uniqueid, leg] as const)) },
      ],
    } as unknown as CallTracker,
    clock,
    log: new QuietLogger(),
    countEveryMs: 400,
    silentMs: 20_000,
    isApp: extension => extension !== '1009',
    isThere: async (extension, withinMs) => {
      questions.push(extension);
      await new Promise<void>(passed => clock.after(rig.answer === false ? withinMs : 1, passed));
      return rig.answer;
    },
    onSilent: leg => {
      lost.push(leg.uniqueid);
      leg.isLost = true;
      mute.delete(leg);
    },
  });
  watch.start();
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.pass(100);
      await new Promise(settled => setImmediate(settled));
    }
  }
  return rig;
}

test('nothing from an app, and no answer: all its calls are lost, within three seconds and not before two', async () => {
  const held = { ...aLeg('1001', 'held'), isHeld: true };
  const talking = aLeg('1001', 'talking');
  const { mute, lost, pass } = aWatch(held, talking, aLeg('1002', 'other'));
  await pass(2000);
  mute.add(held).add(talking);
  await pass(2100);
  expect(lost).toEqual([]);
  await pass(700);
  expect(lost).toEqual(['held', 'talking']);
});

test('who is silent and answers is there, and is not asked all the time', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.answer = true;
  await rig.pass(1000);
  rig.mute.add(leg);
  await rig.pass(30_000);
  expect(rig.lost).toEqual([]);
  expect(rig.questions.length).toBeGreaterThan(5);
  expect(rig.questions.length).toBeLessThan(20);
});

test('sound that comes back while it is asked is an answer', async () => {
  const leg = aLeg('1001', 'talking');
  const { mute, lost, questions, pass } = aWatch(leg);
  await pass(1000);
  mute.add(leg);
  await pass(2200);
  expect(questions).toEqual(['1001']);
  mute.delete(leg);
  await pass(5000);
  expect(lost).toEqual([]);
});

test('whoever cannot be asked is given long', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.answer = null;
  await rig.pass(1000);
  rig.mute.add(leg);
  await rig.pass(19_000);
  expect(rig.lost).toEqual([]);
  await rig.pass(4000);
  expect(rig.lost).toEqual(['talking']);
});

test('a phone that falls silent when it holds is not asked; one that went on sending and stops is', async () => {
  const leg = { ...aLeg('1001', 'held'), isHeld: true };
  const { mute, lost, questions, pass } = aWatch(leg);
  mute.add(leg);
  await pass(10_000);
  expect(questions).toEqual([]);
  mute.delete(leg);
  await pass(2000);
  mute.add(leg);
  await pass(3000);
  expect(lost).toEqual(['held']);
});

test('silence in one call of a phone that is heard in another means nothing, and a desk phone may be silent', async () => {
  const silent = aLeg('1001', 'silent');
  const desk = aLeg('1009', 'desk');
  const { mute, questions, pass } = aWatch(silent, aLeg('1001', 'sounding'), desk);
  await pass(1000);
  mute.add(silent).add(desk);
  await pass(30_000);
  expect(questions).toEqual([]);
});

test('an app that rings is asked, and lost without an answer within three seconds', async () => {
  const leg = { ...aLeg('1001', 'ringing'), isAnswered: false };
  const rig = aWatch(leg);
  rig.answer = true;
  await rig.pass(10_000);
  expect(rig.lost).toEqual([]);
  rig.answer = null;
  await rig.pass(10_000);
  expect(rig.lost).toEqual([]);
  rig.answer = false;
  await rig.pass(3000);
  expect(rig.lost).toEqual(['ringing']);
});
