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
  const counts: string[] = [];
  const rig = { answer: false as boolean | null, isConnected: true, mute, lost, questions, counts, pass };
  let packets = 1;
  const countOf = (channel: string): string => {
    counts.push(channel);
    const leg = legs.find(each => each.channel === channel);
    return leg !== undefined && mute.has(leg) ? '7' : String((packets += 1));
  };
  const watch = new SilentPhones({
    ami: {
      get isConnected() {
        return rig.isConnected;
      },
      action: async ({ Channel }: { Channel: string }) => new AmiMessage(new Map([['value', [countOf(Channel)]]])),
    } as unknown as AmiConnection,
    calls: {
      running: [
        { parties: legs.filter(leg => leg.isAnswered), legs: new Map(legs.map(leg => [leg.uniqueid, leg] as const)) },
      ],
    } as unknown as CallTracker,
    clock,
    log: new QuietLogger(),
    countEveryMs: 5000,
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

test('no answer and nothing from an app: all its calls are lost, within three seconds and not before two', async () => {
  const held = { ...aLeg('1001', 'held'), isHeld: true };
  const talking = aLeg('1001', 'talking');
  const ringing = { ...aLeg('1001', 'ringing'), isAnswered: false };
  const rig = aWatch(held, talking, ringing, aLeg('1002', 'other'));
  rig.answer = true;
  await rig.pass(4900);
  expect(rig.counts).toEqual([]);
  rig.answer = false;
  rig.mute.add(held).add(talking);
  await rig.pass(2000);
  expect(rig.lost).toEqual([]);
  await rig.pass(900);
  expect(rig.lost).toEqual(['held', 'talking', 'ringing']);
});

test('who does not answer and sends keeps its calls, also one that rings', async () => {
  const rig = aWatch(aLeg('1001', 'talking'), { ...aLeg('1001', 'ringing'), isAnswered: false });
  await rig.pass(30_000);
  expect(rig.lost).toEqual([]);
});

test('who is silent and answers is there, and Asterisk is asked nothing', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.answer = true;
  rig.mute.add(leg);
  await rig.pass(30_000);
  expect(rig.lost).toEqual([]);
  expect(rig.counts).toEqual([]);
  expect(rig.questions.length).toBeLessThanOrEqual(60);
});

test('an answer that comes while packets are counted is one', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.mute.add(leg);
  await rig.pass(2200);
  expect(rig.questions).toEqual(['1001', '1001']);
  rig.answer = true;
  await rig.pass(5000);
  expect(rig.lost).toEqual([]);
});

test('whoever cannot be asked is given long, and all the time while it holds', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.answer = null;
  await rig.pass(1000);
  rig.mute.add(leg);
  leg.isHeld = true;
  await rig.pass(40_000);
  expect(rig.lost).toEqual([]);
  rig.mute.delete(leg);
  leg.isHeld = false;
  await rig.pass(5000);
  rig.mute.add(leg);
  await rig.pass(19_000);
  expect(rig.lost).toEqual([]);
  await rig.pass(6000);
  expect(rig.lost).toEqual(['talking']);
});

test('silence in one call of a phone that is heard in another means nothing, and a desk phone is not asked', async () => {
  const silent = aLeg('1001', 'silent');
  const desk = aLeg('1009', 'desk');
  const { mute, lost, questions, pass } = aWatch(silent, aLeg('1001', 'sounding'), desk);
  mute.add(silent).add(desk);
  await pass(30_000);
  expect(lost).toEqual([]);
  expect(new Set(questions)).toEqual(new Set(['1001']));
});

test('an app that rings is lost without an answer within three seconds', async () => {
  const leg = { ...aLeg('1001', 'ringing'), isAnswered: false };
  const rig = aWatch(leg);
  rig.answer = true;
  await rig.pass(10_000);
  rig.answer = null;
  await rig.pass(10_000);
  expect(rig.lost).toEqual([]);
  rig.answer = false;
  await rig.pass(3000);
  expect(rig.lost).toEqual(['ringing']);
});

test('with Asterisk away nothing is concluded', async () => {
  const leg = aLeg('1001', 'talking');
  const rig = aWatch(leg);
  rig.mute.add(leg);
  rig.isConnected = false;
  await rig.pass(10_000);
  expect(rig.lost).toEqual([]);
});
