import { describe, expect, it } from 'vitest';
import { deviceProblems } from '../../../../src-main/agent/device-problems';
import { ReadyGate } from '../../../../src-main/agent/ready-gate';
import { Announcer } from '../../../../src-main/base/announcer';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { refuseWithoutDevice } from '../../../../src-main/phone/refuse-without-device';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import { noAudioDevices, type AudioDevices } from '../../../../src-shared/audio/audio-device';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { LineState } from '../../../../src-shared/line/line-state';
import { defaultSettings, type Settings } from '../../../../src-shared/settings/settings';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

const builtIn: AudioDevices = {
  devices: [
    { id: 'm', label: 'Built-in', kind: 'microphone' },
    { id: 's', label: 'Built-in', kind: 'speaker' },
  ],
  microphone: 'ready',
  speaker: 'ready',
  inUse: { microphoneId: null, speakerId: null, ringerId: null },
};
const withHeadset: AudioDevices = {
  ...builtIn,
  devices: [
    ...builtIn.devices,
    { id: 'hm', label: 'H', kind: 'microphone' },
    { id: 'hs', label: 'H', kind: 'speaker' },
  ],
};
const headset = { microphoneId: 'hm', speakerId: 'hs', ringerId: null };
const nothingChosen = { microphoneId: null, speakerId: null, ringerId: null };

/** Somebody at work with a headset, and everything that may happen to it. */
function aDeskWithHeadset() {
  const clock = new FakeClock();
  const desk = new CallDesk(clock, new QuietLogger());
  const value: Settings = { ...defaultSettings, ...headset };
  const settings = { value, changes: new Announcer<Settings>() };
  const audio = { audio: withHeadset, isKnown: true, changes: new Announcer<AudioDevices>() };
  const line: { state: LineState; changes: Announcer<LineState> } = {
    state: { state: 'registered', isConfirmed: true },
    changes: new Announcer<LineState>(),
  };
  const breaks: string[] = [];
  const told: string[] = [];
  const agent = {
    status: signedOutStatus(0),
    changes: new Announcer<AgentStatus>(),
    isRefusing: false,
    takeBreak: async (reason: string): Promise<AgentStatus> => {
      if (agent.isRefusing) throw new AppError('server/unreachable');
      breaks.push(reason);
      return agent.become({ state: 'on-break', reason });
    },
    become(part: Partial<AgentStatus>): AgentStatus {
      agent.status = { ...signedOutStatus(0), ...part };
      agent.changes.announce(agent.status);
      return agent.status;
    },
  };
  const isPhoneHere = { value: true };
  const gate = new ReadyGate({
    audio,
    settings,
    line,
    desk,
    agent,
    isPhoneHere: () => isPhoneHere.value,
    tell: what => told.push(what),
    clock,
    log: new QuietLogger(),
  });
  const hardware = (devices: AudioDevices): void => {
    audio.audio = devices;
    audio.changes.announce(devices);
  };
  agent.become({ state: 'available' });
  return { clock, desk, settings, audio, line, agent, isPhoneHere, gate, hardware, breaks, told };
}
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const ringing = {
  id: 'c',
  device: 'app',
  direction: 'inbound',
  remote: { number: '1', name: null },
  queueName: 'Support',
  centralCallId: null,
  startedAt: 1,
} as const;

describe('what does not work of the sound', () => {
  it.each([
    ['all is there', withHeadset, headset, []],
    ['the default may be any device', builtIn, nothingChosen, []],
    ['the headset was pulled out', builtIn, headset, ['microphone-gone', 'speaker-gone']],
    ['the ringer was pulled out', builtIn, { ...nothingChosen, ringerId: 'hs' }, ['ringer-gone']],
    ['nothing at all', noAudioDevices, nothingChosen, ['microphone-missing', 'speaker-missing']],
    ['blocked', { ...withHeadset, microphone: 'denied' }, headset, ['microphone-denied']],
    ['used by another program', { ...withHeadset, microphone: 'busy' }, headset, ['microphone-busy']],
    ['being opened', { ...withHeadset, microphone: 'unknown' }, headset, []],
  ] as const)('%s', (_what, audio, chosen, problems) => {
    expect(deviceProblems({ ...audio, devices: [...audio.devices] }, chosen)).toEqual(problems);
  });
});

describe('a headset that goes', () => {
  it('brings a break within two seconds, and one click is offered when it is back', async () => {
    const { clock, hardware, gate, breaks, told } = aDeskWithHeadset();
    hardware(builtIn);
    clock.pass(1_100);
    expect([gate.problems, breaks]).toEqual([[], []]);
    clock.pass(200);
    await settled();
    expect([gate.problems, breaks, told]).toEqual([['microphone-gone', 'speaker-gone'], ['device'], ['device-paused']]);
    hardware(withHeadset);
    expect([gate.problems, breaks.length, told.at(-1)]).toEqual([[], 1, 'device-back']);
  });

  it('is nothing when it is a Bluetooth profile that changes', async () => {
    const { clock, hardware, breaks } = aDeskWithHeadset();
    hardware(builtIn);
    clock.pass(1_000);
    hardware(withHeadset);
    clock.pass(10_000);
    await settled();
    expect(breaks).toEqual([]);
  });

  it('is nothing after sleep until everything had its time to come back', async () => {
    const { clock, hardware, gate, breaks } = aDeskWithHeadset();
    hardware(builtIn);
    gate.wokeUp();
    clock.pass(5_000);
    hardware(withHeadset);
    clock.pass(10_000);
    await settled();
    expect(breaks).toEqual([]);
  });

  it('changes nothing during a call, and counts when the call is over', async () => {
    const { clock, desk, hardware, agent, breaks } = aDeskWithHeadset();
    desk.begin(ringing);
    agent.become({ state: 'on-call' });
    hardware(builtIn);
    clock.pass(5_000);
    await settled();
    expect(breaks).toEqual([]);
    desk.apply('c', { type: 'ended', cause: 'completed', sipCode: null }, 1);
    agent.become({ state: 'available' });
    await settled();
    expect(breaks).toEqual(['device']);
  });

  it('is no matter for who chooses another one in time, is on a break, or has the phone on the desk', async () => {
    const chosen = aDeskWithHeadset();
    chosen.hardware(builtIn);
    chosen.settings.value = defaultSettings;
    chosen.settings.changes.announce(defaultSettings);
    const onBreak = aDeskWithHeadset();
    onBreak.agent.become({ state: 'on-break', reason: 'lunch' });
    onBreak.hardware(builtIn);
    const onDesk = aDeskWithHeadset();
    onDesk.isPhoneHere.value = false;
    onDesk.hardware(builtIn);
    for (const each of [chosen, onBreak, onDesk]) {
      each.clock.pass(5_000);
      await settled();
      expect(each.breaks).toEqual([]);
    }
  });

  it('is told to the centre again when it could not be told', async () => {
    const { clock, hardware, agent, breaks } = aDeskWithHeadset();
    agent.isRefusing = true;
    hardware(builtIn);
    clock.pass(2_000);
    await settled();
    agent.isRefusing = false;
    agent.become({ state: 'available' });
    await settled();
    expect(breaks).toEqual(['device']);
  });
});

describe('who wants to be available', () => {
  it('is let through at once when all is proven', async () => {
    await expect(aDeskWithHeadset().gate.prove()).resolves.toBeUndefined();
  });

  it('waits for the line and the microphone, three seconds at most', async () => {
    const { clock, line, audio, hardware, gate } = aDeskWithHeadset();
    line.state = { state: 'registering' };
    audio.audio = { ...withHeadset, microphone: 'unknown' };
    const proven = gate.prove();
    line.state = { state: 'registered', isConfirmed: true };
    line.changes.announce(line.state);
    hardware(withHeadset);
    await expect(proven).resolves.toBeUndefined();
    line.state = { state: 'reconnecting', attempt: 1, retryAt: 0 };
    const refused = gate.prove();
    clock.pass(3_000);
    await expect(refused).rejects.toMatchObject({ code: 'agent/line-not-ready' });
  });

  it('is refused without a device, and told at once which', async () => {
    const { clock, audio, gate } = aDeskWithHeadset();
    audio.audio = builtIn;
    const refused = gate.prove();
    clock.pass(3_000);
    await expect(refused).rejects.toMatchObject({ code: 'agent/not-ready' });
    expect(gate.problems).toEqual(['microphone-gone', 'speaker-gone']);
  });

  it('may always take a planned break back during a call', async () => {
    const { desk, audio, gate } = aDeskWithHeadset();
    audio.audio = noAudioDevices;
    desk.begin(ringing);
    await expect(gate.prove()).resolves.toBeUndefined();
  });
});

describe('a call that could not be heard', () => {
  const invited = (queueName: string | null) =>
    ({
      type: 'invite-received',
      callId: 'c',
      at: 1,
      remote: { number: '1', name: null },
      queueName,
      centralCallId: null,
      returnedTransfer: null,
      transferredBy: null,
    }) as const;
  it.each([
    ['of a queue, without device', 'Support', true, true],
    ['of a queue', 'Support', false, false],
    ['for this person alone, without device', null, true, false],
  ])('%s', (_what, queueName, isGone, isRefused) => {
    const engine = new FakeEngine();
    expect(refuseWithoutDevice(invited(queueName), isGone, { engine, log: new QuietLogger() })).toBe(isRefused);
    expect(engine.orders.map(({ command }) => command)).toEqual(
      isRefused ? [{ type: 'call.decline', callId: 'c', sipCode: 580 }] : [],
    );
  });
});
