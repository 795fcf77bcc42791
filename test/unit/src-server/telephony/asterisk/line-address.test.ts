import { expect, it } from 'vitest';
import { AsteriskTelephony } from '../../../../../src-server/telephony/asterisk/asterisk-telephony';
import { FakeClock } from '../../../../fakes/fake-clock';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** An engine whose Asterisk is away: what a phone is told does not depend on it. */
const lineThrough = async (sipUrl: string | null): Promise<string> => {
  const telephony = new AsteriskTelephony({
    access: {
      ami: { host: '127.0.0.1', port: 9, user: 'centre', secret: 's'.repeat(32) },
      ari: { url: 'http://127.0.0.1:9', user: 'centre', secret: 's'.repeat(32), ca: null },
      webSocketUrl: 'ws://10.0.0.2:8088/ws',
      recordingsInAsterisk: '/nowhere',
      recordingsHere: '/nowhere',
    },
    sipUrl,
    directory: {
      extensions: () => [{ extension: '1001', displayName: 'Alice', isRecorded: false, deskPhone: null }],
      queues: () => [],
    },
    recordingsFolder: '/nowhere',
    clock: new FakeClock(),
    log: silent,
  });
  return (await telephony.issueLineCredential('1001', 'wss://phone.example:8443/sip')).webSocketUrl;
};

it.each([
  ['at its own address, unless told otherwise', null, 'ws://10.0.0.2:8088/ws'],
  ['where the administrator says', 'wss://phones.example/ws', 'wss://phones.example/ws'],
  ['below the address at which the app reaches the centre', '/pbx', 'wss://phone.example:8443/pbx'],
])('phones find Asterisk %s', async (_where, sipUrl, expected) => {
  expect(await lineThrough(sipUrl)).toBe(expected);
});
