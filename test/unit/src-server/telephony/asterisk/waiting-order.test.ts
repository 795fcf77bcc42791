import { describe, expect, it } from 'vitest';
import { type QueuePlace, stepsOfMove } from '../../../../../src-server/telephony/asterisk/queues/waiting-order';

const place = (name: string, priority = 0): QueuePlace => ({ channel: `PJSIP/${name}`, uniqueid: name, priority });

/** What app_queue does with `QueueChangePriorityCaller`: behind all others that have this priority or a higher one. */
function carriedOut(places: readonly QueuePlace[], uniqueid: string, position: number): QueuePlace[] {
  let now = [...places];
  for (const { channel, priority } of stepsOfMove(places, uniqueid, position)) {
    const moved = { ...now.find(each => each.channel === channel)!, priority };
    const others = now.filter(each => each.channel !== channel);
    const index = others.findIndex(each => each.priority < priority);
    now = others.toSpliced(index < 0 ? others.length : index, 0, moved);
  }
  return now;
}
const order = (places: readonly QueuePlace[]): string => places.map(({ uniqueid }) => uniqueid).join('');

describe('stepsOfMove', () => {
  it('brings every caller of five to every place, also after many moves, and keeps the others in order', () => {
    let places = ['a', 'b', 'c', 'd', 'e'].map(name => place(name));
    for (let round = 0; round < 50; round++) {
      const name = order(places)[(round * 3) % 5] ?? '';
      const position = 1 + ((round * 2) % 5);
      const others = order(places).replace(name, '');
      places = carriedOut(places, name, position);
      expect(order(places)).toBe(others.slice(0, position - 1) + name + others.slice(position - 1));
    }
  });

  it('takes the end for a place behind it and the head for one before it', () => {
    const places = [place('a'), place('b'), place('c')];
    expect(order(carriedOut(places, 'a', 9))).toBe('bca');
    expect(order(carriedOut(places, 'c', -1))).toBe('cab');
  });

  it('goes before one who came back with a priority of his own, and newcomers stay behind', () => {
    const moved = carriedOut([place('r', 100), place('a'), place('b')], 'b', 1);
    expect(order(moved)).toBe('bra');
    expect(moved.every(({ priority }) => priority >= 0)).toBe(true);
  });

  it('does nothing for one who is not there', () => {
    expect(stepsOfMove([place('a')], 'x', 1)).toEqual([]);
  });
});
