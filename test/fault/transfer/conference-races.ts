import { until } from '../../telephony/sip-socket';
import type { Customer } from '../../behaviour/rig/behaviour-centre';
import type { PhoneCall } from '../../telephony/phone-call';
import type { RaceKind } from './race';
import type { RaceLane } from './race-lane';

/** Customer, Anna and Cleo in one room. */
async function conferring(lane: RaceLane): Promise<{ customer: Customer; held: PhoneCall; colleague: PhoneCall }> {
  const { customer, held, ringing: colleague } = await lane.consulted();
  await lane.happens('leg-answered', 4);
  const consultCallId = lane.callIds.find(callId => callId !== customer.callId) ?? '';
  await held.reinvite('sendrecv');
  await lane.engine.mergeCalls(customer.callId, consultCallId);
  await until('all three', () => customer.heard.level(held.media.hz) > 3000 && customer.heard.level(1100) > 3000);
  return { customer, held, colleague };
}

/** Whoever goes, the customer talks on with whoever stays. */
export const conferenceRaces: readonly RaceKind[] = [
  {
    title: 'conference: the agent’s phone crashes',
    async run(lane) {
      const { customer } = await conferring(lane);
      lane.crash(lane.anna);
      return { customer, mayBe: ['target'], failedAt: Date.now() };
    },
  },
  {
    title: 'conference: the colleague’s phone crashes',
    async run(lane) {
      const { customer } = await conferring(lane);
      lane.crash(lane.cleo);
      return { customer, mayBe: ['sender'], failedAt: Date.now() };
    },
  },
  {
    title: 'conference: the agent leaves, and then the colleague’s phone crashes',
    async run(lane) {
      const { customer, held } = await conferring(lane);
      held.hangUp();
      await lane.happens('conference-ended');
      await lane.pause(1000);
      lane.crash(lane.cleo);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'conference: the colleague sends the customer on once the agent has left',
    async run(lane) {
      const { customer, held, colleague } = await conferring(lane);
      held.hangUp();
      await lane.happens('conference-ended');
      await until('they talk', () => colleague.media.heard.level(440) > 3000);
      await lane.pause(500);
      await colleague.refer(lane.ben.extension);
      await (await lane.ben.rings()).answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
];
