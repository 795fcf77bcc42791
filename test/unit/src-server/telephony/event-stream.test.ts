import { expect, it } from 'vitest';
import { EventStream } from '../../../../src-server/telephony/event-stream';
import { FakeClock } from '../../../fakes/fake-clock';

function stream() {
  const clock = new FakeClock();
  const errors: string[] = [];
  return { clock, errors, events: new EventStream(clock, { error: message => void errors.push(message) }) };
}
const broken = (): never => {
  throw new Error('broken');
};

it('a fact is stamped when it is told, and told to whoever listens then', () => {
  const { clock, events } = stream();
  const heard: unknown[] = [];
  const stop = events.subscribe(event => void heard.push(event));
  const at = clock.now();
  events.tell({ type: 'engine-lost' });
  clock.pass(5);
  events.tell({ type: 'engine-back' });
  stop();
  events.tell({ type: 'engine-lost' });
  expect(heard).toEqual([
    { type: 'engine-lost', at },
    { type: 'engine-back', at: at + 5 },
  ]);
});

it('a listener that fails hurts neither the engine nor the others', () => {
  const { errors, events } = stream();
  const heard: string[] = [];
  events.subscribe(broken);
  events.subscribe(({ type }) => void heard.push(type));
  events.subscribeSpeaking(broken);
  events.subscribeSpeaking(({ callId }) => void heard.push(callId));
  events.tell({ type: 'engine-lost' });
  events.tellSpeaking({ callId: 'call-0001', legIds: [] });
  expect(heard).toEqual(['engine-lost', 'call-0001']);
  expect(errors).toHaveLength(2);
});
