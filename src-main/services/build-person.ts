import { AgentDesk } from '../agent/agent-desk';
import { IdleWatch } from '../agent/idle-watch';
import { isAtWork } from '../agent/is-at-work';
import { ReadyGate } from '../agent/ready-gate';
import { PolicyDesk } from '../agent/policy-desk';
import { RestClient } from '../server-link/rest-client';
import { SignIn } from '../server-link/sign-in';
import { ToastDesk } from '../toasts/toast-desk';
import type { buildPhone } from './build-phone';
import type { ServicesNeeds } from './build-services';

interface PersonNeeds {
  readonly rest: RestClient;
  readonly signIn: SignIn;
  readonly phone: ReturnType<typeof buildPhone>;
  readonly toasts: ToastDesk;
}

/** Who is signed in: their state, what keeps them from it, whether they are there, and what is decided for them. */
export function buildPerson(
  { rest, signIn, phone, toasts }: PersonNeeds,
  { settings, systemIdleMs, clock, log }: ServicesNeeds,
) {
  const agent = new AgentDesk({
    changeAvailability: async wanted => {
      if (wanted.state === 'available') await gate.prove();
      return rest.call('agent.availability', wanted);
    },
    pauseQueue: pause => rest.call('agent.queue-pause', pause),
    fetch: async () => (await rest.call('agent.me', {})).status,
  });
  const gate = new ReadyGate({
    ...phone,
    settings,
    agent,
    clock,
    log: log('gate'),
    isPhoneHere: () => signIn.agent?.extensionKind === 'web',
    tell: what => toasts.show(what === 'device-back' ? 'info' : 'warning', what),
  });
  const policy = new PolicyDesk(() => rest.call('policy', {}), log('policy'));
  const idle = new IdleWatch({
    clock,
    policy: () => (signIn.agent === null ? null : (policy.policy?.session ?? null)),
    isWorking: () => phone.desk.live().length > 0 || isAtWork(agent.status, signIn.agent?.queues ?? []),
    systemIdleMs,
    signOut: () => signIn.signOut('idle'),
  });
  return { agent, gate, idle, policy };
}
