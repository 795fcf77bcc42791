import type { Clock } from '../../src-shared/base/clock';
import { reasonOf, type Logger } from '../base/logger';
import type { CacheDb } from '../cache/open-cache';
import { NumberShelves } from '../history/number-shelves';
import { followDeskCalls } from '../phone/line/follow-desk-calls';
import type { EndReason } from '../server-link/sign-in';
import type { Services } from './build-services';

interface SessionNeeds {
  /** cache.db */
  readonly db: CacheDb;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a session brings and what the server says during it. */
export function connectSession(services: Services, { db, clock, log }: SessionNeeds): void {
  const { signIn, rest, live, line, agent, policy, audio, journal, queues, wrapUp, consulted, links, desk } = services;
  const { destinations, ownCalls } = services;
  const refresh = (): void => {
    journal.refresh().catch((error: unknown) => log.warn(`recent calls not refreshed: ${reasonOf(error)}`));
  };
  const shelves = keepAsShown(services, db, { refresh, log });
  const fetchAnew = (): void => {
    refresh();
    void policy.refresh();
    agent.refresh().catch((error: unknown) => log.warn(`agent state not fetched: ${reasonOf(error)}`));
  };
  /** A call that runs is not cut because the session ended somewhere else. */
  const endWhenIdle = (reason: EndReason): void => {
    if (desk.liveHere().length === 0) return signIn.end(reason);
    const stop = desk.changes.hear(() => {
      if (desk.liveHere().length > 0) return;
      stop();
      signIn.end(reason);
    });
  };
  signIn.beginnings.hear(({ agent: profile, status, line: credential }) => {
    line.begin(credential);
    agent.confirm(status);
    void policy.refresh();
    audio.warmUp(credential !== null);
    const owner = `${rest.origin ?? ''} ${profile.id}`;
    shelves.begin(owner);
    wrapUp.begin(owner);
    links.signedIn();
  });
  signIn.endings.hear(() => {
    links.signedOut();
    audio.warmUp(false);
    shelves.end();
    journal.end();
    agent.signedOut(clock.now());
    policy.told(null);
    queues.told(null);
    services.channels.told(null);
    services.breaks.told(null);
    consulted.end();
    destinations.told(null);
    ownCalls.told(null);
    wrapUp.end();
    desk.deskPhoneLeft();
    void line.end();
  });
  rest.sessionLosses.hear(() => endWhenIdle('expired'));
  live.gaps.hear(fetchAnew);
  live.changes.hear(isUp => {
    if (!isUp) ownCalls.told(null); // what is true at the centre is not known now
    if (isUp && signIn.agent !== null && policy.policy === null) void policy.refresh();
    if (isUp) void wrapUp.sendKept();
  });
  followEvents(services, clock, endWhenIdle);
}

/** What is kept of the past, and what is written about it, has numbers as the policy shows them. */
function keepAsShown(
  { policy, journal, keepUnder, wrapUp }: Services,
  db: CacheDb,
  { refresh, log }: { readonly refresh: () => void; readonly log: Logger },
): NumberShelves {
  const begin = (owner: string): void => {
    journal.begin(owner);
    keepUnder(owner);
    refresh();
  };
  const shelves = new NumberShelves({ db, begin, log });
  policy.changes.hear(now => {
    if (now === null) return;
    shelves.policyTold(now.numbers);
    if (now.numbers === 'masked') wrapUp.hideNumbers();
  });
  return shelves;
}

function followEvents(
  {
    live,
    agent,
    policy,
    line,
    desk,
    journal,
    queues,
    channels,
    breaks,
    wrapUp,
    consulted,
    destinations,
    ownCalls,
  }: Services,
  clock: Clock,
  end: (reason: EndReason) => void,
): void {
  live.events.hear(event => {
    switch (event.type) {
      case 'agent.status':
        return void agent.confirm(event.status);
      case 'policy.changed':
        return policy.told(event.policy);
      case 'queues.live':
        return queues.told(event.queues);
      case 'channels':
        return channels.told(event.channels);
      case 'breaks.timed':
        return breaks.told(event.breaks);
      case 'calls.mine':
        return ownCalls.told(event.calls);
      case 'destinations':
        return destinations.told(event.destinations);
      case 'wrap-up.changed':
        return wrapUp.told(event.wrapUp);
      case 'consult.contexts':
        return consulted.told(event.contexts);
      case 'line.registration':
        return line.confirmByServer(event.isRegistered);
      case 'desk.calls':
        return followDeskCalls(desk, event.calls, clock.now());
      case 'call.journalled':
        return journal.journalled(event.call);
      case 'session.ended':
        return end(event.reason);
      default:
        return undefined;
    }
  });
}
