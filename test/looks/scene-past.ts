import type { AudioDevices } from '../../src-shared/audio/audio-device';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';

const now = Date.now();
const minute = 60_000;

const aRecent = (index: number, part: Partial<RecentCall>): RecentCall => ({
  callId: `r${index}`,
  direction: 'inbound',
  remoteNumber: '+15145550142',
  remoteName: 'Étienne Beaulieu',
  queueName: 'Réservations',
  startedAt: now - index * 47 * minute,
  answeredAt: now - index * 47 * minute + 6000,
  endedAt: now - index * 47 * minute + 190_000,
  endCause: 'completed',
  missedCause: null,
  hasRecording: true,
  ...part,
});
export const recent: readonly RecentCall[] = [
  aRecent(1, {}),
  aRecent(2, {
    remoteName: 'Priya Raman',
    remoteNumber: '+14165550177',
    queueName: 'Support',
    answeredAt: null,
    endCause: 'caller-cancelled',
  }),
  aRecent(3, { direction: 'outbound', remoteName: null, remoteNumber: '+33142685300', queueName: null }),
  aRecent(4, { remoteName: 'Konstantinos Papadopoulos-Vandenberghe de la Rivière', remoteNumber: '+15145550111' }),
  aRecent(5, {
    direction: 'outbound',
    remoteName: 'Hôtel Frontenac',
    remoteNumber: '+14185550190',
    queueName: null,
    answeredAt: null,
    endCause: 'busy',
  }),
  aRecent(6, { remoteName: null, remoteNumber: '', queueName: 'Support' }),
  aRecent(40, { direction: 'internal', remoteName: 'Jonas Weber', remoteNumber: '1007', queueName: null }),
  aRecent(80, {
    remoteName: 'Aïcha Benali',
    remoteNumber: '+15145550163',
    answeredAt: null,
    endCause: 'answered-elsewhere',
  }),
];
export const audio: AudioDevices = {
  devices: [
    { id: 'm1', label: 'Jabra Evolve2 40', kind: 'microphone' },
    { id: 'm2', label: 'Built-in Audio Analog Stereo', kind: 'microphone' },
    { id: 's1', label: 'Jabra Evolve2 40', kind: 'speaker' },
    { id: 's2', label: 'Built-in Audio Analog Stereo', kind: 'speaker' },
  ],
  microphone: 'ready',
  speaker: 'ready',
  inUse: { microphoneId: null, speakerId: null, ringerId: null },
};
