import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../src-shared/base/clock';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import { allCustomers } from '../database/customer-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { ServerLog } from '../server-log';
import type { Telephony } from '../telephony/telephony';
import { type CallerSimulator, callerSimulatorOf } from './caller-simulator';
import { answerDemoRoutes } from './demo-routes';
import { PhoneMediaWatch } from './phone-media-watch';
import { SimulatedCustomers } from './simulated-customers';

export interface DemoParts {
  readonly db: WritableDb;
  readonly policyDesk: PolicyDesk;
  readonly key: string | null;
  readonly isScheduled: boolean;
  readonly directory: AgentDirectory;
  readonly agentDesk: AgentDesk;
  readonly telephony: Telephony;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly assetsFolder: string;
}

/** Brings a demonstration to life: customers who call, and, with a key, routes to direct them. Returns what ends it. */
export async function addDemo(app: FastifyInstance, parts: DemoParts): Promise<() => void> {
  const simulator = callerSimulatorOf(parts.telephony);
  if (simulator === null && parts.isScheduled)
    parts.log.warn(`engine ${parts.telephony.name} has no simulated callers: nobody will call by themselves`);
  const customers = simulator === null ? null : await simulatedCustomers(parts, simulator);
  if (parts.key !== null) {
    const phoneMedia = new PhoneMediaWatch(parts.telephony, simulator);
    answerDemoRoutes(app, { ...parts, key: parts.key, simulator, customers, phoneMedia });
  }
  if (parts.isScheduled) customers?.start();
  return () => customers?.stop();
}

const simulatedCustomers = async (parts: DemoParts, simulator: CallerSimulator): Promise<SimulatedCustomers> =>
  new SimulatedCustomers({
    ...parts,
    simulator,
    customers: await allCustomers(parts.db),
    speechFiles: speechFilesIn(parts.assetsFolder),
  });

/** What customers say; the sentence after a hold is not how a call begins. */
export function speechFilesIn(assetsFolder: string): string[] {
  const folder = join(assetsFolder, 'speech');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => /^[\w-]+-(en|fr)\.wav$/.test(file) && !file.startsWith('back-on-line'))
    .toSorted();
}
