import type { WindowView } from '../../src-shared/ipc/agent-notices';
import type { Answers, Input } from '../../src-shared/ipc/agent-requests';
import type { Services } from '../services/build-services';
import { recordAnswers } from './record-answers';
import type { AgentNotices } from './send-agent-notices';

/** The centre's echo service. */
const echoNumber = '*43';

export interface AgentAnswersNeeds {
  readonly services: Services;
  readonly notices: AgentNotices;
  readonly changeWindow: (change: Input<'window.change'>) => Promise<WindowView>;
  readonly saveReport: () => Promise<{ isSaved: boolean }>;
  readonly trustCertificate: (serverUrl: string, fingerprint: string) => Promise<void>;
  /** Performance stamps; does nothing outside the bench. */
  readonly mark: (mark: string, detail?: string, at?: number) => void;
  /** The page shows something: what was put off until then may begin. */
  readonly onFirstPicture: () => void;
}

/** The switchboard: what the agent window may ask, one line each, no logic. Reads as the list of what the product can do. */
export function agentAnswers({
  services,
  notices,
  trustCertificate,
  changeWindow,
  saveReport,
  mark,
  onFirstPicture,
}: AgentAnswersNeeds): Answers {
  const { signIn, idle, agent, calls, desk, line, settings, audio, journal, links, figures, rest } = services;
  return {
    'app.snapshot': async () => notices.snapshot(),
    'server.probe': ({ serverUrl }) => signIn.probe(serverUrl),
    'server.trust-certificate': ({ serverUrl, fingerprint }) => trustCertificate(serverUrl, fingerprint),
    'session.sign-in': input => signIn.signIn(input),
    'password.ask': account => signIn.askForCode(account),
    'password.reset': wanted => signIn.resetPassword(wanted),
    'session.sign-out': () => signIn.signOut(),
    'session.active': async () => idle.active(),
    'session.stay': async () => idle.stay(),
    'agent.become-available': () => agent.becomeAvailable(),
    'agent.take-break': ({ reason }) => agent.takeBreak(reason),
    'agent.pause-queue': pause => agent.pauseQueue(pause),
    'call.dial': ({ target }) => (mark('dial-clicked'), line.dial(target)),
    'call.dial-echo': () => line.dial(echoNumber),
    'call.answer': ({ callId }) => (mark('answer-clicked', callId), calls.answer(callId)),
    'call.decline': ({ callId }) => calls.decline(callId),
    'call.hang-up': ({ callId }) => calls.hangUp(callId),
    'call.hold': ({ callId }) => calls.hold(callId),
    'call.resume': ({ callId }) => calls.resume(callId),
    'call.mute': ({ callId, isMuted }) => calls.mute(callId, isMuted),
    'call.dtmf': ({ callId, digits }) => calls.dtmf(callId, digits),
    ...transferAnswers(services, mark),
    'call.dismiss': async ({ callId }) => desk.dismiss(callId),
    'call.story': input => rest.call('calls.story', input),
    'line.retry': () => line.retry(),
    'settings.change': async change => settings.change(change),
    'audio.watch-levels': ({ isOn }) => audio.watchLevels(isOn),
    'audio.play-test': ({ on }) => audio.playTest(on),
    'recent-calls.refresh': () => journal.refresh(),
    'figures.refresh': () => figures.refresh(),
    'figures.calls': wanted => figures.calls(wanted),
    ...workAnswers(services),
    'window.change': change => changeWindow(change),
    ...recordAnswers(services),
    'link.call': ({ linkId }) => (mark('dial-clicked'), links.call(linkId)),
    'link.dismiss': async ({ linkId }) => links.dismiss(linkId),
    'support.save-report': () => saveReport(),
    'bench.painted': async ({ what, at }) => {
      if (what === 'shell') onFirstPicture();
      if (what.startsWith('card:')) mark('card-painted', what.slice(5), at);
      else mark(what === 'shell' ? 'painted' : what, undefined, at);
    },
  };
}

/** Who waits, and what is written down afterwards. */
function workAnswers({ queues, wrapUp }: Services) {
  return {
    'queues.move': move => queues.move(move),
    'queues.undo': ({ queueId, moveId }) => queues.undo(queueId, moveId),
    'wrap-up.draft': written => wrapUp.draft(written),
    'wrap-up.save': written => wrapUp.save(written),
    'wrap-up.discard': ({ callId }) => wrapUp.discard(callId),
    'wrap-up.extend': () => wrapUp.extend(),
  } satisfies Partial<Answers>;
}

/** Two lines, and where a call goes from here. */
function transferAnswers({ consults, transfers, pairs }: Services, mark: AgentAnswersNeeds['mark']) {
  return {
    'call.transfer': ({ callId, target, reason }) => transfers.transfer(callId, target, reason),
    'call.send-on': ({ callId, target }) => transfers.sendOn(callId, target),
    'consult.begin': ({ callId, target, reason }) => (mark('consult-clicked'), consults.begin(callId, target, reason)),
    'consult.complete': ({ callId }) => (mark('complete-clicked', callId), consults.complete(callId)),
    'consult.complete-when-answered': async ({ callId, isOn }) => consults.completeWhenAnswered(callId, isOn),
    'consult.transfer-now': ({ callId }) => consults.transferNow(callId),
    'consult.return': ({ callId }) => consults.giveBack(callId),
    'calls.swap': () => pairs.swap(),
    'calls.merge': () => pairs.merge(),
    'conference.mute': async ({ callId, legId, isMuted }) => void (await pairs.mute(callId, legId, isMuted)),
    'conference.drop': async ({ callId, legId }) => void (await pairs.drop(callId, legId)),
    'conference.consult': ({ callId, legId }) => pairs.consult(callId, legId),
  } satisfies Partial<Answers>;
}
