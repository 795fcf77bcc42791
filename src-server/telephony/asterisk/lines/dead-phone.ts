import type { Clock } from '../../../../src-shared/base/clock';
import type { AmiConnection } from '../ami/ami-connection';

/** As long as this without a packet, and a phone that was replaced is dead. */
const silentForMs = 1000;
/** Q.850: the destination is out of order. */
const outOfOrder = 27;

/**
 * A phone came to the line in the place of another one, whose call goes on in Asterisk. Whether the other still talks its media
 * say: no packet in a second, and its call is ended, so that the customer is not left with nobody.
 */
export async function hangUpIfDead(ami: AmiConnection, clock: Clock, channel: string): Promise<boolean> {
  const before = await packetsFrom(ami, channel);
  await new Promise<void>(passed => clock.after(silentForMs, passed));
  if ((await packetsFrom(ami, channel)) !== before) return false;
  await ami.action({ Action: 'Hangup', Channel: channel, Cause: outOfOrder });
  return true;
}

async function packetsFrom(ami: AmiConnection, channel: string): Promise<string> {
  const answer = await ami.action({ Action: 'Getvar', Channel: channel, Variable: 'CHANNEL(rtcp,rxcount,audio)' });
  return answer.get('Value');
}
