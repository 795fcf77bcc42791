import { expect, it } from 'vitest';
import { CallControls } from '../../../../../src-server/telephony/asterisk/calls/call-controls';
import { newLeg } from '../../../../../src-server/telephony/asterisk/calls/tracked-leg';

const names = { id: '1.1', uniqueid: '1.1', channel: 'PJSIP/1001-00000001', number: '1001', extension: '1001' };

/** A call in which one talks. */
function talking() {
  const leg = { ...newLeg({ ...names, role: 'agent', isOffer: false }), isAnswered: true };
  const told: string[] = [];
  const controls = new CallControls('call-0001', new Map([[leg.uniqueid, leg]]), fact => {
    told.push(fact.type === 'leg-held' ? `${fact.type} ${fact.isOrdered ? 'by order' : 'by hand'}` : fact.type);
  });
  return { leg, told, controls };
}

it('hold is told once, and only of who talks', () => {
  const { leg, told, controls } = talking();
  expect(controls.held('1.1', true)).toBe(leg);
  expect(controls.held('1.1', true)).toBe(null);
  expect(controls.held('1.1', false)).toBe(leg);
  leg.isAnswered = false;
  expect(controls.held('1.1', true)).toBe(null);
  expect(controls.held('9.9', true)).toBe(null);
  expect(told).toEqual(['leg-held by hand', 'leg-resumed']);
});

it('who is held by order and by hand is resumed when both are over', () => {
  const { leg, told, controls } = talking();
  for (const _ of [1, 2]) controls.heldByOrder(leg, true);
  controls.held('1.1', true);
  controls.held('1.1', false);
  expect(told).toEqual(['leg-held by order', 'leg-held by hand']);
  controls.heldByOrder(leg, false);
  expect(told.slice(2)).toEqual(['leg-resumed']);
});

it('of a phone that holds by hand the order is not told', () => {
  const { leg, told, controls } = talking();
  controls.held('1.1', true);
  controls.heldByOrder(leg, true);
  controls.heldByOrder(leg, false);
  expect(told).toEqual(['leg-held by hand']);
});

it('nothing is told of a leg that is not in the call any more', () => {
  const { leg, told, controls } = talking();
  const gone = { ...leg };
  const elsewhere = { ...leg, uniqueid: '1.2' };
  controls.heldByOrder(gone, true);
  controls.muted(elsewhere, true);
  controls.pressed('1.2', '5', 100);
  expect(told).toEqual([]);
});

it('mute is told once, a key each time', () => {
  const { leg, told, controls } = talking();
  for (const isMuted of [true, true, false, false]) controls.muted(leg, isMuted);
  for (const _ of [1, 2]) controls.pressed('1.1', '5', 100);
  expect(told).toEqual(['leg-muted', 'leg-unmuted', 'dtmf', 'dtmf']);
});
