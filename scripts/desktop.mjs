// A whole desktop without a screen, private to one run: display, window manager, session bus, notification daemon and a
// sound server with a microphone that can be spoken into and two loudspeakers that can be listened to.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { Readable } from 'node:stream';

/** Names of the sound devices, as PulseAudio and (by description) Chromium know them. */
export const sound = { speaker: 'spk', headset: 'spk2', microphoneFeed: 'mic_in', microphone: 'vmic' };

const soundModules = [
  'module-native-protocol-unix',
  'module-null-sink sink_name=spk rate=48000 channels=2 sink_properties=device.description=VirtualSpeaker',
  'module-null-sink sink_name=spk2 rate=48000 channels=2 sink_properties=device.description=VirtualHeadset',
  'module-null-sink sink_name=mic_in rate=48000 channels=1 sink_properties=device.description=MicFeed',
  'module-remap-source master=mic_in.monitor source_name=vmic source_properties=device.description=VirtualMicrophone',
];

const notificationSettings = `[global]
    origin = top-right
    offset = 16x16
    width = 360
    font = DejaVu Sans 10
    mouse_left_click = do_action, close_current
    history_length = 50
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
`;

/**
 * @param {{ width?: number, height?: number, as?: { uid: number, gid: number }, home?: string }} [options] size of the
 *   screen; whose desktop it is, when not ours
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop(): Promise<void> }>} the environment to start programs with
 */
export async function startDesktop({ width = 1400, height = 900, as, home } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'softphone-desktop-'));
  fs.chmodSync(folder, 0o700);
  if (as) fs.chownSync(folder, as.uid, as.gid);
  const children = [];
  const stop = async () => {
    for (const child of children.toReversed()) await end(child);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const env = {
    ...process.env,
    XDG_RUNTIME_DIR: folder,
    PULSE_RUNTIME_PATH: path.join(folder, 'pulse'),
    NO_AT_BRIDGE: '1',
    ...(home ? { HOME: home } : {}),
  };
  delete env.WAYLAND_DISPLAY;
  const launch = (program, args, extra = {}) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore'], ...as, ...extra });
    child.on('error', error => console.error(`[desktop] ${program}: ${error.message}`));
    children.push(child);
    return child;
  };
  try {
    const xvfb = launch('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    env.DISPLAY = `:${await firstLine(xvfb, xvfb.stdio[3])}`;
    const bus = launch('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, bus.stdout);
    const settings = path.join(folder, 'dunstrc');
    fs.writeFileSync(settings, notificationSettings);
    launch('dunst', ['-config', settings]);
    launch('openbox', []);
    await startSound(launch, env, folder, as);
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, stop };
}

async function startSound(launch, env, folder, as) {
  const args = [
    '-n',
    '--daemonize=no',
    '--exit-idle-time=-1',
    '--log-level=error',
    `--log-target=file:${path.join(folder, 'pulse.log')}`,
  ];
  launch('pulseaudio', [...args, ...soundModules.map(module => `--load=${module}`)]);
  await until(
    'the sound server',
    async () => (await code(env, as, 'pactl', ['set-default-source', sound.microphone])) === 0,
  );
  await until('the loudspeaker', async () => (await code(env, as, 'pactl', ['set-default-sink', sound.speaker])) === 0);
}

function firstLine(child, stream) {
  return new Promise((resolve, reject) => {
    child.once('exit', status => reject(new Error(`${child.spawnfile} ended with ${status}`)));
    readline.createInterface({ input: Readable.from(stream) }).once('line', resolve);
  });
}

const code = (env, as, program, args) =>
  new Promise(resolve =>
    spawn(program, args, { env, stdio: 'ignore', ...as })
      .on('exit', resolve)
      .on('error', () => resolve(-1)),
  );

async function until(what, isTrue) {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    if (await isTrue()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come up in 15 s`);
}

/** Ends one process that this module started, by its own handle. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(hard);
}
