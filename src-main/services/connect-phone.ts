import { reasonOf, type Logger } from '../base/logger';
import { tellMutes } from '../history/tell-mutes';
import { hideCaller } from '../phone/hide-caller';
import { applyEngineReport } from '../phone/apply-engine-reports';
import { lookUpCallers } from '../phone/caller-lookup';
import { endWithdrawnRinging } from '../phone/end-withdrawn-ringing';
import { refuseSecondCall } from '../phone/refuse-second-call';
import { refuseWithoutDevice } from '../phone/refuse-without-device';
import { followWithRinger } from '../phone/ringer';
import type { Services, ServicesNeeds } from './build-services';

/** Engine reports to the desks; what the loss of the engine means to each. */
export function connectPhone(
  { desk, appLine, audio, gate, policy, destinations, supervisor, journal, settings, rest, serverClock }: Services,
  { engine, clock }: ServicesNeeds,
  log: Logger,
): void {
  engine.reports.hear(report => {
    const isRefused =
      refuseWithoutDevice(report, gate.problems.length > 0, { engine, log }) ||
      refuseSecondCall(report, {
        engine,
        log,
        policy: () => policy.policy?.secondCall ?? null,
        isInCall: () => desk.liveHere().length > 0,
      });
    if (isRefused) return;
    const isInside = (number: string): boolean =>
      destinations.destinations?.some(each => each.number === number) === true;
    applyEngineReport(desk, hideCaller(report, { numbers: policy.policy?.numbers ?? null, isInside }));
  });
  engine.reports.hear(report => {
    if (report.type === 'log') log[report.level](report.message);
  });
  followWithRinger(desk, engine, log);
  tellMutes({
    changes: desk.changes,
    tell: mute => rest.call('calls.phone-mute', mute),
    clock,
    aheadMs: () => serverClock.aheadMs,
    onFailure: error => log.warn(`mute not told: ${reasonOf(error)}`),
  });
  endWithdrawnRinging({ desk, line: appLine, journal, engine, clock, aheadMs: () => serverClock.aheadMs, log });
  lookUpCallers(desk, journal, error => log.warn(`caller not looked up: ${reasonOf(error)}`));
  settings.changes.hear(() => audio.choose());
  supervisor.losses.hear(() => {
    engine.engineGone();
    desk.engineLost();
    appLine.engineLost();
  });
}
