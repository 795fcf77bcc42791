// What the product and its tests need from the system, and how to get it: as root on Debian they are installed,
// elsewhere the exact command is printed and we go on with what is there.
import { execFileSync, spawnSync } from 'node:child_process';

const packages = {
  /** Enough to start Electron, show notifications and play sound. */
  app: [
    'libgtk-3-0',
    'libnss3',
    'libgbm1',
    'libasound2',
    'libnotify4',
    'libnotify-bin',
    'libpulse0',
    'libsecret-1-0',
    'xdg-utils',
    'dbus',
    'fonts-dejavu-core',
  ],
  /** A desktop without a screen: display, sound server, notification daemon, window manager. */
  desktop: ['xvfb', 'xauth', 'pulseaudio', 'pulseaudio-utils', 'dunst', 'openbox'],
  /**
   * A second browser for the phone engine's tests, a TLS certificate maker, a key ring, and programs of others that read our sound files
   * and tables, the server's second database.
   */
  tests: ['chromium', 'openssl', 'xdotool', 'sox', 'gnome-keyring', 'python3-openpyxl', 'postgresql'],
  /** To build the native database module for the fallback runtime and to unpack that runtime. */
  build: ['python3', 'make', 'g++', 'unzip'],
  /** To make the file system that Asterisk runs in. */
  asterisk: ['debootstrap'],
  /** A SIP stack that is not ours, against which Asterisk and we are tried. */
  sipp: ['sip-tester'],
};

/** Installs what is missing of the named groups, or says what to install. */
export function ensureDebianPackages(groups) {
  if (process.platform !== 'linux') return;
  const wanted = groups.flatMap(group => packages[group]);
  if (spawnSync('dpkg-query', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log(
      `[setup] not a Debian machine: these Debian packages or their like must be installed: ${wanted.join(' ')}`,
    );
    return;
  }
  const installed = installedAmong(wanted);
  const missing = wanted.filter(name => !installed.has(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid() !== 0) {
    console.log(`[setup] not root, so going on without these packages. To install them: sudo ${command}`);
    return;
  }
  console.log(`[setup] installing ${missing.length} Debian packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may hold the lock on a machine that just started: wait for it instead of failing.
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  execFileSync('apt-get', [...patient, 'update'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', [...patient, ...command.split(' ').slice(1)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** One question for all of them: this runs at every start. */
function installedAmong(names) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
    encoding: 'utf8',
  });
  const lines = asked.stdout.split('\n').filter(line => line.endsWith(' installed'));
  return new Set(lines.map(line => line.split(' ')[0]));
}
