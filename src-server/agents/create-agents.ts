import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Clock } from '../../src-shared/base/clock';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { ServerLog } from '../server-log';
import type { SessionDesk } from '../sign-in/session-desk';
import type { Telephony } from '../telephony/telephony';
import { AgentDesk, type AgentDeskParts } from './agent-desk';
import type { AgentDirectory } from './agent-directory';
import { AgentRoster } from './agent-roster';
import type { AgentStateLog } from './agent-state-log';
import { DirectoryWatch } from './directory-watch';

export interface AgentParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
  readonly policyDesk: PolicyDesk;
  readonly sessions: SessionDesk;
  readonly stateLog: AgentStateLog;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly publish: (personId: string, event: LiveEvent) => void;
  readonly owesWrapUp: AgentDeskParts['owesWrapUp'];
  readonly willOweWrapUp: AgentDeskParts['willOweWrapUp'];
  /** Told after everybody else: a state or a line is otherwise. */
  readonly onAgentChanged: (person: Person, status: AgentStatus) => void;
  /** People, queues or policy are otherwise. */
  readonly onEverythingChanged: () => void;
}

/** Everybody's states, who is told of them, and what becomes of them when the administrator changes people, queues or policy. */
export function createAgents(parts: AgentParts): {
  agentDesk: AgentDesk;
  agentRoster: AgentRoster;
  directoryWatch: DirectoryWatch;
} {
  const { directory, telephony, clock } = parts;
  const agentDesk = new AgentDesk({
    ...parts,
    policy: parts.policyDesk,
    onChanged: (person, status) => {
      agentRoster.stateChanged(person, status);
      parts.onAgentChanged(person, status);
    },
    onLine: (person, at) => {
      agentRoster.lineChanged(person, at);
      parts.onAgentChanged(person, agentDesk.statusOf(person.id));
    },
  });
  const agentRoster: AgentRoster = new AgentRoster({
    directory,
    telephony,
    statusOf: personId => agentDesk.statusOf(personId),
    isReachable: person => agentDesk.isReachable(person),
    publish: parts.publish,
    now: () => clock.now(),
  });
  return { agentDesk, agentRoster, directoryWatch: watchDirectory(parts, agentDesk) };
}

function watchDirectory(parts: AgentParts, agentDesk: AgentDesk): DirectoryWatch {
  const { directory, telephony, sessions, policyDesk, publish } = parts;
  return new DirectoryWatch({
    ...parts,
    onPhoneChanged: async (person, before) => {
      await telephony.revokeLineCredential(person.extension);
      // The app must learn which phone is its own: it signs in anew.
      if ((person.deskPhone === null) !== (before.deskPhone === null)) await sessions.endOf(person.id, 'revoked');
    },
    onRemoved: async former => {
      await agentDesk.signedOut(former);
      await sessions.endOf(former.id, 'revoked');
      await telephony.revokeLineCredential(former.extension);
    },
    onRead: async () => {
      agentDesk.directoryChanged();
      const isPolicyOther = await policyDesk.reload();
      parts.onEverythingChanged();
      if (!isPolicyOther) return;
      for (const person of directory.everybody())
        if (agentDesk.statusOf(person.id).state !== 'signed-out')
          publish(person.id, { type: 'policy.changed', policy: policyDesk.policy });
    },
  });
}
