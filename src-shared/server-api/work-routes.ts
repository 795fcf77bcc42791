import { z } from 'zod';
import { recentCall } from '../call/recent-call';
import { destination } from '../destinations/destination';
import { figure, figureId, period } from '../statistics/definitions';
import { isTimeZone } from '../statistics/period-bounds';
import { callOutcome, wrapUp } from '../wrap-up/wrap-up';
import { route } from './route';

const done = z.object({ done: z.literal(true) });
const oneQueue = z.object({ queueId: z.string().min(1).max(64) });
const moveId = z.string().regex(/^[\w-]{1,64}$/);
const waitingCallers = z.object({
  /** Numbers as the policy allows them to be shown. */
  callers: z.array(z.object({ callId: z.string(), number: z.string(), position: z.int() })),
});
const timeZone = z.string().max(64).refine(isTimeZone, 'no such time zone');

/** What surrounds the calls: who waits, what is written down afterwards, what it adds up to. */
export const workRouteTable = {
  'queues.waiting': route(
    ['GET', '/api/queues/:queueId/waiting', 'signed-in'],
    oneQueue,
    waitingCallers,
    'Who waits in a queue, next first; for supervisors and administrators',
  ),
  'queues.move': route(
    ['PUT', '/api/queues/:queueId/waiting/:callId', 'signed-in'],
    oneQueue.extend({
      callId: z.string().min(1).max(64),
      /** 1 is the head. */
      position: z.int().min(1).max(10_000),
      /** Kept in the audit. */
      reason: z.string().trim().min(1).max(200),
      /** Made by the app: the same move sent again is not made again. */
      moveId: moveId.optional(),
    }),
    waitingCallers,
    'Put a waiting caller at another position, with the reason; gives the order as the engine then has it',
  ),
  'queues.undo': route(
    ['POST', '/api/queues/:queueId/undo', 'signed-in'],
    oneQueue.extend({ moveId }),
    waitingCallers,
    'Take the newest move of a queue back, while it still makes sense; gives the order as the engine then has it',
  ),
  destinations: route(
    ['GET', '/api/destinations', 'signed-in'],
    z.object({}),
    z.object({ destinations: z.array(destination) }),
    'Where I can send calls: supervisors, colleagues and queues, with their state now',
  ),
  'wrap-up.extend': route(
    ['POST', '/api/wrap-up/extend', 'signed-in'],
    z.object({}),
    wrapUp,
    'More time for the work after my call, as often as the policy allows',
  ),
  'calls.outcome': route(
    ['PUT', '/api/calls/:callId/outcome', 'signed-in'],
    callOutcome,
    done,
    'What came of my call. The same id again changes nothing. Ends the wrap-up of this call',
  ),
  'statistics.mine': route(
    ['GET', '/api/statistics/mine', 'signed-in'],
    z.object({ timeZone }),
    z.object({ figures: z.array(figure) }),
    'My figures of today, yesterday and this month, as defined in the list of figures',
  ),
  'statistics.calls': route(
    ['GET', '/api/statistics/mine/calls', 'signed-in'],
    z.object({ figure: figureId, period, timeZone, cursor: z.string().max(200).optional() }),
    // The figure is of the same moment as the calls.
    z.object({ figure, calls: z.array(recentCall), nextCursor: z.string().nullable() }),
    'One of my figures and the calls behind it, newest first',
  ),
} as const;
