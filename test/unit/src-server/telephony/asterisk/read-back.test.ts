import { describe, expect, it } from 'vitest';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import type { CallTracker } from '../../../../../src-server/telephony/asterisk/calls/call-tracker';
import { ReadBack } from '../../../../../src-server/telephony/asterisk/read-back';

const event = (name: string): AmiMessage => new AmiMessage(new Map([['event', [name]]]));

/** An Asterisk without calls, which answers when it is told to. */
function gap() {
  const done: string[] = [];
  const did = (what: string) => async (): Promise<void> => void done.push(what);
  const answers: (() => void)[] = [];
  const readBack = new ReadBack({
    ami: {
      list: async ({ Action }) => {
        await new Promise<void>(resolve => answers.push(resolve));
        done.push(String(Action));
        return [];
      },
    },
    lines: { restore: did('lines') },
    queues: { syncAll: did('queues') },
    channels: { handOverIsOver: did('hand-over') },
    left: { pickUp: did('recordings picked up'), onlyThese: () => void done.push('recordings of who hung up') },
    holds: { release: did('holds released') },
    calls: { running: [] as const } as unknown as CallTracker,
    hear: heard => void done.push(heard.get('Event')),
  });
  const answer = async (): Promise<void> => {
    await new Promise(resolve => setImmediate(resolve));
    answers.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { readBack, done, answer };
}

describe('what Asterisk did while nobody listened', () => {
  it('is read before what it says meanwhile is heard, in the order in which it said it', async () => {
    const { readBack, done, answer } = gap();
    readBack.hear(event('One'));
    expect(readBack.isListening).toBe(false);
    const read = readBack.read();
    readBack.hear(event('Two'));
    await answer();
    readBack.hear(event('Three'));
    await answer();
    await read;
    readBack.hear(event('Four'));
    expect(readBack.isListening).toBe(true);
    const state = ['lines', 'queues', 'QueueStatus', 'CoreShowChannels', 'recordings picked up', 'holds released'];
    expect(done).toEqual([...state, 'Two', 'Three', 'Four']);
  });

  it('after a gap nothing of another process is left: who hung up in it is looked for', async () => {
    const { readBack, done, answer } = gap();
    const first = readBack.read();
    await answer();
    await answer();
    await first;
    readBack.away();
    expect(readBack.isListening).toBe(false);
    readBack.hear(event('Late'));
    done.length = 0;
    const second = readBack.read();
    await answer();
    await answer();
    await second;
    expect(done).toEqual(['lines', 'queues', 'QueueStatus', 'CoreShowChannels', 'recordings of who hung up']);
  });
});
