import type { QueueDefinition } from '../../telephony';

/** A queue's settings as app_queue knows them, in the order in which they are written. */
export function queueSettings(queue: QueueDefinition): readonly (readonly [string, string])[] {
  return [
    // leastrecent would ring an agent who never answers again and again: app_queue counts only answered calls there.
    ['strategy', queue.strategy === 'ring-all' ? 'ringall' : 'rrmemory'],
    ['timeout', seconds(queue.ringTimeoutMs, 1)],
    ['wrapuptime', seconds(queue.wrapUpMs, 0)],
    ['retry', '1'],
    ['ringinuse', 'no'],
    ['joinempty', 'yes'],
    ['leavewhenempty', 'no'],
    ['autopause', 'no'],
    ['musicclass', 'default'],
  ];
}

/** Asterisk's name of a queue: the centre's id, if it is one that can stand in a file. */
export const isQueueName = (id: string): boolean => /^[\w-]{1,64}$/.test(id);

/** Written at first by `asterisk-config`, from then on kept up to date by the running server over AMI. */
export const centreQueuesFile = 'queues_centre.conf';

export const queueConfig = `[general]
persistentmembers = no
autofill = yes
shared_lastcall = yes
log_membername_as_agent = no

#include ${centreQueuesFile}
`;

export const centreQueues = (queues: readonly QueueDefinition[]): string =>
  queues
    .filter(({ id }) => isQueueName(id))
    .map(queue =>
      [`[${queue.id}]`, ...queueSettings(queue).map(([name, value]) => `${name} = ${value}`), ''].join('\n'),
    )
    .join('\n');

const seconds = (ms: number, least: number): string => String(Math.max(least, Math.round(ms / 1000)));
