import { latestAgentState } from './database/agent-state-table';
import type { Centre } from './centre';

/** From here on facts flow: engine → availability and journal, session's end → phone and live connection. */
export async function startCentre(centre: Centre): Promise<void> {
  const { db, telephony, agentDesk, journal, runningCalls, sessions, directory, hub } = centre;
  telephony.onEvent(event => {
    runningCalls.hear(event);
    centre.deskCalls.hear(event);
    centre.consultDesk.hear(event);
    centre.ownCalls.hear(event);
    centre.liveQueues.hear(event);
    centre.liveDestinations.hear(event);
    centre.liveChannels.hear(event);
    centre.wrapUpDesk.hear(event);
    agentDesk.hear(event);
    journal.hear(event);
    centre.telephonyWatch.hear(event);
  });
  telephony.onSpeaking(speaking => centre.ownCalls.hearSpeaking(speaking));
  sessions.onEnded(async (session, reason) => {
    hub.endSession(session, reason === 'signed-out' ? null : { type: 'session.ended', reason });
    const person = directory.person(session.personId);
    if (person === undefined) return;
    if (reason === 'signed-in-elsewhere') await agentDesk.movesElsewhere(person);
    else await agentDesk.signedOut(person);
    // A desk phone stays registered: it belongs to the desk, not to the session.
    if (person.deskPhone === null) await telephony.revokeLineCredential(person.extension);
  });
  await journal.start();
  centre.recordFiller.start();
  centre.retentionDesk.start();
  await centre.wrapUpDesk.start();
  await telephony.start();
  centre.liveQueues.start();
  await centre.directoryWatch.start();
  for (const session of await sessions.start()) {
    const person = directory.person(session.personId);
    if (person !== undefined) await agentDesk.resume(person, await latestAgentState(db, person.id));
  }
}

/** What the engine reports while it stops is still written. */
export async function stopCentre(centre: Centre): Promise<void> {
  centre.sessions.stop();
  centre.directoryWatch.stop();
  centre.agentDesk.stop();
  centre.liveQueues.stop();
  centre.liveDestinations.stop();
  centre.liveChannels.stop();
  centre.wrapUpDesk.stop();
  await centre.telephony.stop();
  centre.recordFiller.stop();
  centre.retentionDesk.stop();
  await centre.recordFiller.settled();
  await centre.retentionDesk.settled();
  await centre.journal.settled();
  await centre.forgottenPasswords.settled();
  await centre.wrapUpDesk.settled();
  await centre.stateLog.settled();
  centre.hub.stop();
}
