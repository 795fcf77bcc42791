import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { aQueue } from '../behaviour/rig/behaviour-centre';

const reason = whyNoAsterisk();
/** An AMI action has at most 128 lines, and app_queue needs about 40 for a queue. */
const queues = Array.from({ length: 12 }, (_, index) =>
  aQueue({ id: `queue-${index}`, name: `Queue ${index}`, number: `8${String(index).padStart(2, '0')}` }),
);

describe.skipIf(reason !== null)('a centre with many queues', () => {
  const centre = new AsteriskCentre({ queues });
  beforeAll(() => centre.open(), 180_000);
  afterEach(() => centre.clear());
  afterAll(() => centre.close());

  it.each([queues[0]!, queues[11]!])(
    'has each of them in Asterisk: $name rings its members',
    async ({ id, number }) => {
      const phone = await centre.phone('1001');
      const customer = await centre.carrier.call(number);
      await centre.event('queue-joined', ({ queueId }) => queueId === id);
      await (await phone.incoming()).answer();
      const left = await centre.event('queue-left', ({ queueId }) => queueId === id);
      expect(left.cause).toBe('connected');
      customer.hangUp();
      await centre.event('call-ended');
    },
  );
});
