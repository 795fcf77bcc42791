import type { Extension, QueueDefinition } from '../../src-server/telephony/telephony';

/** Queues with members of their own: one queue with all of them would measure how Asterisk looks for a free one. */
const queueCount = 8;
const membersPerQueue = 25;

export const queueNumbers = Array.from({ length: queueCount }, (_, queue) => String(8101 + queue));
const extensionsOf = (queue: number): string[] =>
  Array.from({ length: membersPerQueue }, (_, member) => String(2000 + queue * 100 + member));
export const extensionNumbers = queueNumbers.flatMap((_, queue) => extensionsOf(queue));

export const extensions: readonly Extension[] = extensionNumbers.map(extension => ({
  extension,
  displayName: `Agent ${extension}`,
  isRecorded: false,
  deskPhone: null,
}));

export const queues: readonly QueueDefinition[] = queueNumbers.map((number, queue) => ({
  id: `load-${number}`,
  name: `Load ${number}`,
  number,
  ringTimeoutMs: 10_000,
  wrapUpMs: 0,
  memberExtensions: extensionsOf(queue),
}));

/** Desk phones that need not register: all of them live where the carrier lives. */
export const phonesConfig = (host: string, port: number): string =>
  extensionNumbers
    .map(
      extension => `[${extension}]
type=endpoint
transport=carrier
context=centre-agents
disallow=all
allow=ulaw
aors=${extension}
direct_media=no

[${extension}]
type=aor
contact=sip:${extension}@${host}:${port}
`,
    )
    .join('\n');

/** Each event says when Asterisk made it. */
export const timestampsConfig = '[general](+)\ntimestampevents=yes\n';
