import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { SimulatedCaller } from '../telephony/embedded/scenario/simulated-caller';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { CallerSimulator } from './caller-simulator';
import { demoWrapUp, setDemoWrapUp } from './demo-wrap-up';
import type { PhoneMediaWatch } from './phone-media-watch';
import type { SimulatedCustomers } from './simulated-customers';

const patience = z.int().min(0).max(3_600_000).nullable().default(null);
const callerScript = z.object({
  queueId: z.string().max(64),
  number: z.string().min(1).max(64),
  name: z.string().max(256).nullable().default(null),
  voice: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('tone'), hz: z.number().min(50).max(3900) }),
      z.object({ kind: z.literal('speech'), file: z.string().regex(/^[\w-]+\.wav$/) }),
      z.object({ kind: z.literal('silence') }),
    ])
    .default({ kind: 'silence' }),
  givesUpAfterMs: patience,
  hangsUpAfterMs: patience,
  whenHeld: z.union([z.literal('waits'), z.object({ hangsUpAfterMs: z.int().min(0) })]).default('waits'),
});
const availability = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }),
  z.object({ state: z.literal('on-break'), reason: z.string().min(1).max(64) }),
]);
const config = { access: 'demo-key' } as const;
const callPath = z.object({ callId: z.string().max(64) });
/** Ended callers that may still be asked about. */
const keptCallers = 500;

export interface DemoRouteParts {
  readonly key: string;
  /** Null with an engine that is a real PBX: then nobody can be made to call. */
  readonly simulator: CallerSimulator | null;
  readonly phoneMedia: PhoneMediaWatch;
  readonly customers: SimulatedCustomers | null;
  readonly db: WritableDb;
  readonly policyDesk: PolicyDesk;
  readonly agentDesk: AgentDesk;
  readonly directory: AgentDirectory;
}

/** The strings of the puppets, for tests and scripted shifts. Exist only with `--demo --demo-key`; the key goes in `x-demo-key`. */
export function answerDemoRoutes(app: FastifyInstance, parts: DemoRouteParts): void {
  demandKey(app, parts.key);
  if (parts.simulator !== null) answerCallerRoutes(app, parts, parts.simulator);
  app.get('/api/demo/calls/:callId/media', { config }, async request =>
    parts.phoneMedia.of(read(callPath, request.params).callId),
  );
  app.put('/api/demo/wrap-up', { config }, async request => {
    await setDemoWrapUp(parts, read(demoWrapUp, request.body));
    return { done: true };
  });
  app.post('/api/demo/agents/:identifier/availability', { config }, async request => {
    const person = parts.directory.personNamed(read(z.object({ identifier: z.string() }), request.params).identifier);
    if (person === undefined) throw new AppError('not-found', 'no such person');
    return parts.agentDesk.setAvailability(person, read(availability, request.body));
  });
}

function demandKey(app: FastifyInstance, key: string): void {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const keyDigest = digest(key);
  app.addHook('onRequest', async request => {
    if (request.routeOptions.config.access !== 'demo-key') return;
    const given = request.headers['x-demo-key'];
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), keyDigest))
      throw new AppError('forbidden', 'demo key');
  });
}

function answerCallerRoutes(app: FastifyInstance, parts: DemoRouteParts, simulator: CallerSimulator): void {
  const callers = new Map<string, SimulatedCaller>();
  const callerOf = (params: unknown): SimulatedCaller => {
    const caller = callers.get(read(callPath, params).callId);
    if (caller === undefined) throw new AppError('not-found', 'no such simulated caller');
    return caller;
  };

  app.post('/api/demo/callers', { config }, async request => {
    const script = read(callerScript, request.body);
    if (!parts.directory.queues().some(queue => queue.id === script.queueId))
      throw new AppError('not-found', 'no such queue');
    const caller = simulator.simulateCaller(script);
    callers.set(caller.callId, caller);
    const oldest = callers.size > keptCallers ? callers.keys().next().value : undefined;
    if (oldest !== undefined) callers.delete(oldest);
    return { callId: caller.callId };
  });
  app.get('/api/demo/callers/:callId', { config }, async request => {
    const caller = callerOf(request.params);
    const { hz } = read(z.object({ hz: z.coerce.number().min(1).max(4000).optional() }), request.query);
    const heard = { heardRms: caller.heard.rms(), ...(hz !== undefined && { heardHz: caller.heard.level(hz) }) };
    return { state: caller.state, endCause: caller.endCause, ...heard };
  });
  app.post('/api/demo/callers/:callId/hang-up', { config }, async request => {
    callerOf(request.params).hangUp();
    return { done: true };
  });
  app.get('/api/demo/punctuality', { config }, async () => simulator.punctuality());
  app.post('/api/demo/schedule', { config }, async request => {
    const { isOn } = read(z.object({ isOn: z.boolean() }), request.body);
    if (isOn) parts.customers?.start();
    else parts.customers?.stop();
    return { isOn: parts.customers?.isOn === true };
  });
}

function read<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  throw new AppError(
    'ipc/bad-input',
    checked.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  );
}
