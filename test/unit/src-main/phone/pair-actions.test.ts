import { expect, test } from 'vitest';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { CallParty } from '../../../../src-shared/call/call-party';
import { aDeskWithTwoLines, settled } from './a-desk';

const aParty = (number: string, part: Partial<CallParty> = {}): CallParty => ({
  legId: `leg-${number}`,
  number,
  name: null,
  isOutside: false,
  isMuted: false,
  isOnHold: false,
  isSpeaking: false,
  ...part,
});

async function consulting() {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  desk.ownCalls.told([
    {
      callId: 'central-a',
      legId: 'l1',
      dialled: null,
      isSpeaking: false,
      parties: [aParty('0a', { isOutside: true })],
    },
    { callId: 'central-c', legId: 'l2', dialled: '2001', isSpeaking: false, parties: [aParty('2001')] },
  ]);
  return { ...desk, consult };
}

test('swapped, and swapped back', async () => {
  const { pairs, state, consult } = await consulting();
  await pairs.swap();
  expect([state('a'), state(consult)]).toEqual(['active', 'held']);
  await pairs.swap();
  expect([state('a'), state(consult)]).toEqual(['held', 'active']);
});

test('a phone that dials learns its call’s id from the centre', async () => {
  const { desk, consult } = await consulting();
  expect(desk.find(consult)?.centralCallId).toBe('central-c');
});

test('merged: the customer is off hold first, and the room tells who is in it', async () => {
  const { pairs, asked, desk, ownCalls, interactions, tell, consult } = await consulting();
  await pairs.merge();
  expect(desk.find('a')?.state).toBe('active');
  expect(asked.at(-1)).toEqual({ merge: ['central-a', 'central-c'] });
  const room = {
    callId: 'central-a',
    legId: 'l1',
    dialled: null,
    isSpeaking: false,
    parties: [aParty('0a'), aParty('2001')],
  };
  ownCalls.told([room]);
  tell(consult, { type: 'ended', cause: 'transferred', sipCode: null });
  await settled();
  expect(interactions.find('a')?.state).toBe('conference');
  await pairs.mute('a', 'leg-2001', true);
  await pairs.drop('a', 'leg-2001');
  expect(asked.slice(-2)).toEqual([{ mute: ['central-a', 'leg-2001', true] }, { drop: ['central-a', 'leg-2001'] }]);
  ownCalls.told([{ ...room, parties: [aParty('0a')] }]);
  expect(interactions.find('a')?.state).toBe('talking');
});

test('a merge that fails leaves one talking and one on hold', async () => {
  const { pairs, room, state, consult } = await consulting();
  room.problem = new AppError('call/not-allowed');
  await expect(pairs.merge()).rejects.toMatchObject({ code: 'conference/not-possible' });
  expect([state('a'), state(consult)]).toEqual(['held', 'active']);
});

test('a seventh does not fit: told in plain words, and both calls are there', async () => {
  const { pairs, room, state, consult } = await consulting();
  room.problem = new AppError('conference/full');
  await expect(pairs.merge()).rejects.toMatchObject({ code: 'conference/full' });
  expect([state('a'), state(consult)]).toEqual(['held', 'active']);
});

test('back to the consultation: the colleague is let go by the room and called again', async () => {
  const { pairs, ownCalls, tell, consult, asked, engine, interactions } = await consulting();
  await pairs.merge();
  ownCalls.told([
    { callId: 'central-a', legId: 'l1', dialled: null, isSpeaking: false, parties: [aParty('0a'), aParty('2001')] },
  ]);
  tell(consult, { type: 'ended', cause: 'transferred', sipCode: null });
  await settled();
  await pairs.consult('a', 'leg-2001');
  expect(asked).toContainEqual({ drop: ['central-a', 'leg-2001'] });
  expect(engine.last('call.dial').command).toMatchObject({ target: '2001' });
  expect(interactions.find('a')?.state).toBe('consulting');
});

test('who was asked gets the customer: the call shows whom it is with now', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('b');
  desk.ownCalls.told([{ callId: 'central-b', legId: 'l', dialled: null, isSpeaking: false, parties: [aParty('0b')] }]);
  desk.ownCalls.told([
    {
      callId: 'central-a',
      legId: 'l3',
      dialled: null,
      isSpeaking: false,
      parties: [aParty('+33145550142', { name: 'Camille' })],
    },
  ]);
  expect(desk.desk.find('b')).toMatchObject({
    centralCallId: 'central-a',
    remote: { number: '+33145550142', name: 'Camille' },
  });
});

test('a ringing second call is sent on without touching the first', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  desk.rings('b');
  const sent = desk.transfers.sendOn('b', '2001');
  await settled();
  expect(desk.engine.last('call.send-on').command).toMatchObject({ callId: 'b', target: '2001' });
  expect(desk.engine.types()).not.toContain('call.hold');
  desk.tell('b', { type: 'ended', cause: 'transferred', sipCode: null });
  desk.engine.last('call.send-on').done();
  await sent;
  expect(desk.state('a')).toBe('active');
});

test('sent on but refused: it waits with music, the first goes on', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  desk.rings('b');
  const sent = desk.transfers.sendOn('b', '2001');
  await settled();
  desk.tell('b', { type: 'media-confirmed' });
  desk.engine.last('call.send-on').failed('transfer/refused');
  await expect(sent).rejects.toMatchObject({ code: 'transfer/refused' });
  expect([desk.state('a'), desk.state('b')]).toEqual(['active', 'held']);
});
