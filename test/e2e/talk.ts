import type { DemoCentre, Customer } from '../rig/demo-centre';
import type { PhoneCall } from '../telephony/phone-call';
import type { TestPhone } from '../telephony/test-phone';
import { chooseDestination } from './choose-destination';
import type { Fixtures } from './fixtures';

/** What everybody says, in Hz: who hears whom is told by it. */
export const tones = { customer: 440, agent: 700, colleague: 900, third: 1200 } as const;
/** A telephone's samples, of 32768. */
export const isHeard = 2000;

type Stage = Pick<Fixtures, 'agent' | 'desk' | 'ear' | 'page'> & { readonly centre: DemoCentre };

/** The agent at the app is available, and a supervisor is at a phone that can be asked. */
export async function atWork({ agent, desk }: Pick<Stage, 'agent' | 'desk'>): Promise<TestPhone> {
  await agent.becomeAvailable();
  return desk.phoneOf('2001', 'demo-2001', tones.colleague);
}

/** A customer has called, and the agent at the app hears them. */
export async function customerAnswered({
  agent,
  centre,
  ear,
}: Pick<Stage, 'agent' | 'centre' | 'ear'>): Promise<Customer> {
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: tones.customer } });
  await agent.answer();
  await ear.untilTone(tones.customer);
  return customer;
}

/** The supervisor is asked with keys alone, has answered, and is heard at the app. @param index of the call at the supervisor's phone */
export async function colleagueAsked(
  { page, ear }: Pick<Stage, 'page' | 'ear'>,
  colleague: TestPhone,
  index = 0,
): Promise<PhoneCall> {
  await chooseDestination(page, 'Control+e', '2001');
  const asked = await colleague.incoming(index);
  await asked.answer();
  await ear.untilTone(tones.colleague);
  return asked;
}
