import { idsPerMs } from '../../src-server/database/free-id';
import { nameKey, numberKey, termsOf } from '../../src-server/database/search-terms';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { firstNames, surname } from '../many-names';

/** To be raised when the tables of call records change: databases of before are then of no use. */
export const schema = 2;
export const rowsAtOnce = 20_000;
const people = 200;
const queues = 12;
const firstAt = Date.parse('2025-01-06T07:00:00Z');

export interface BenchRow {
  /** id, started_at, call_number */
  readonly call: readonly [string, number, number];
  /** In the order of the columns of `call_records`. */
  readonly record: readonly [number, ...(string | number | null)[]];
  readonly terms: readonly string[];
}

/** The calls behind number `from`, a multiple of `rowsAtOnce`; always the same. */
export function* manyRows(from: number, until: number): Generator<BenchRow> {
  const random = new SeededRandom(from + 1);
  for (let n = from + 1; n <= until; n += 1) {
    const at = firstAt + n * 5400 + random.between(0, 5000);
    const { personId, queueId, type, disposition, number, name, durationMs, endCause } = aCall(random);
    const keys = { nameKey: nameKey(name), numberKey: numberKey(number) };
    const id = at * idsPerMs;
    const callId = `c${String(n).padStart(9, '0')}`;
    const answeredAt = disposition === 'answered' ? at + 8000 : null;
    const parties = [callId, personId, queueId, type, 0, disposition, number, name];
    const times = [at, answeredAt, at + 8000 + durationMs, durationMs, endCause, null];
    yield {
      call: [callId, at, n],
      record: [id, ...parties, ...times, keys.nameKey, keys.numberKey, n],
      terms: termsOf(keys, { queueId, type, disposition, endCause, durationMs }),
    };
  }
}

/** id, identifier, extension, name */
export const peopleOfBench = (): [string, string, string, string][] =>
  Array.from({ length: people }, (_, n) => [`person-${n}`, `agent-${n}`, String(1000 + n), `Agent ${n}`]);

function aCall(random: SeededRandom) {
  const type = random.weighted({ inbound: 70, manual: 28, auto: 2 });
  const disposition = random.weighted({ answered: 84, unanswered: 12, busy: 4 });
  const seldom = random.chance(0.0005);
  return {
    personId: `person-${random.between(0, people - 1)}`,
    queueId: type === 'inbound' ? `queue-${random.between(0, queues - 1)}` : null,
    type,
    disposition,
    number: `+33${random.between(1, 7)}${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
    name: random.chance(0.2) ? null : `${random.pick(firstNames)} ${surname(random)}`,
    durationMs: disposition === 'answered' ? Math.round(20_000 - 150_000 * Math.log(1 - random.next() * 0.99999)) : 0,
    endCause: seldom
      ? 'media-failed'
      : disposition === 'answered'
        ? 'completed'
        : disposition === 'busy'
          ? 'busy'
          : 'no-answer',
  };
}
