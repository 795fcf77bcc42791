import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { QueueDefinition, TelephonyDirectory } from '../../telephony';
import { type AmiConnection, AmiFailure } from '../ami/ami-connection';
import type { AmiMessage } from '../ami/ami-message';
import { centreQueuesFile, isQueueName, queueSettings } from '../config/queue-config';
import { shortestOutside } from '../config/dialplan-numbers';
import { InTurn } from '../../../in-turn';
import { interfaceOf, MemberPauses, type Pause } from './member-pauses';

/** Header values are ASCII without controls; the rest, and what means something in a dialplan, is percent-encoded. */
export const headerText = (text: string): string =>
  text.replace(/[^A-Za-z0-9 ._-]/gu, character =>
    [...Buffer.from(character)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

export interface QueueSyncParts {
  readonly ami: AmiConnection;
  readonly directory: TelephonyDirectory;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** What the dialplan reads in `centre-setting`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Told after each change which queues there are now. */
  readonly onSynced: (queueIds: ReadonlySet<string>) => Promise<void>;
}

/** Keeps Asterisk's queues, members and numbers as the centre's directory has them, over AMI and without a restart. */
export class QueueSync {
  private readonly pauses: MemberPauses;
  private readonly turns = new InTurn();
  private written = '';
  private readonly leftOut = new Set<string>();

  constructor(private readonly parts: QueueSyncParts) {
    const { ami, clock, log } = parts;
    const queuesOf = (extension: string): string[] =>
      this.usableQueues()
        .filter(queue => queue.memberExtensions.includes(extension))
        .map(({ id }) => id);
    this.pauses = new MemberPauses({ ami, clock, log, queuesOf });
  }

  stop(): void {
    this.pauses.stop();
  }

  /** Who did not take a caller is left in peace by this queue for a while. */
  async passOver(queue: string, extension: string): Promise<void> {
    await this.pauses.passOver(queue, extension);
  }

  async passOverEverywhere(extension: string): Promise<void> {
    await this.pauses.passOverEverywhere(extension);
  }

  /** @throws AmiFailure when Asterisk did not do it, or cannot be reached; then it is remembered for when it is back */
  async setPaused(extension: string, pause: Pause, queueId: string | null): Promise<void> {
    this.pauses.want(extension, pause, queueId);
    if (!this.parts.ami.isConnected) throw new AmiFailure(`${extension} is not paused yet: Asterisk is away`);
    await this.syncIfChanged();
    await this.pauses.apply(extension);
  }

  /** After a gap: Asterisk may have been restarted and know nothing. */
  async syncAll(): Promise<void> {
    this.written = '';
    await this.syncIfChanged();
  }

  async syncIfChanged(): Promise<void> {
    await this.turns.do('all', () => this.sync());
  }

  private async sync(): Promise<void> {
    const queues = this.usableQueues();
    const extensions = this.parts.directory.extensions().map(({ extension }) => extension);
    const wanted = JSON.stringify([queues, extensions, this.insideOnly(extensions), this.oneCall(extensions)]);
    if (wanted === this.written) return;
    await this.syncFile(queues);
    await this.syncNumbers(queues);
    await this.syncMembers(queues);
    this.written = wanted;
    await this.parts.onSynced(new Set(queues.map(({ id }) => id)));
    this.parts.log.info(`asterisk: ${queues.length} queues are as the centre has them`);
  }

  private usableQueues(): QueueDefinition[] {
    return this.parts.directory.queues().filter(({ id, name }) => {
      if (isQueueName(id)) return true;
      if (!this.leftOut.has(id))
        this.parts.log.warn(`asterisk: queue "${name}" is left out, its id cannot stand in a file`);
      this.leftOut.add(id);
      return false;
    });
  }

  private async syncFile(queues: readonly QueueDefinition[]): Promise<void> {
    const config = await this.parts.ami.action({ Action: 'GetConfig', Filename: centreQueuesFile });
    const present = sectionsOf(config);
    const wanted = new Map(queues.map(queue => [queue.id, linesOf(queue)]));
    const gone = [...present.keys()].filter(id => !wanted.has(id));
    const changed = [...wanted].filter(([id, lines]) => present.get(id)?.join('\n') !== lines.join('\n'));
    if (gone.length + changed.length === 0) return;
    const removal = (id: string): FileStep[] => (present.has(id) ? [{ Action: 'DelCat', Cat: id }] : []);
    // Queue by queue: Asterisk drops an action of more than 128 lines without an answer.
    const updates = [
      ...gone.map(removal),
      ...changed.map(([id]) => [
        ...removal(id),
        { Action: 'NewCat', Cat: id },
        ...queueSettings(queueOf(queues, id)).map(([Var, Value]) => ({ Action: 'Append', Cat: id, Var, Value })),
      ]),
    ];
    for (const [index, steps] of updates.entries())
      await this.parts.ami.action({
        Action: 'UpdateConfig',
        SrcFilename: centreQueuesFile,
        DstFilename: centreQueuesFile,
        ...(index === updates.length - 1 && { Reload: 'app_queue.so' }),
        ...numbered(steps),
      });
  }

  /** What the dialplan looks up. Whole families are written anew: what is not in the directory cannot be dialled. */
  private async syncNumbers(queues: readonly QueueDefinition[]): Promise<void> {
    const extensions = this.parts.directory.extensions().map(({ extension }) => [extension, 'yes'] as const);
    await this.family('centre-extension', extensions);
    await this.family(
      'centre-queue',
      queues.map(({ number, id }) => [number, id] as const),
    );
    await this.family(
      'centre-queue-name',
      queues.map(({ id, name }) => [id, headerText(name)] as const),
    );
    // Whose transfer failed and who cannot be rung: where the other party goes if it never waited in a queue.
    const firstQueues = extensions.flatMap(([extension]) => {
      const queue = queues.find(({ memberExtensions }) => memberExtensions.includes(extension));
      return queue === undefined ? [] : [[extension, queue.id] as const];
    });
    await this.family('centre-home-queue', firstQueues);
    await this.family('centre-inside-only', this.insideOnly(extensions.map(([extension]) => extension)));
    await this.family('centre-one-call', this.oneCall(extensions.map(([extension]) => extension)));
    await this.family('centre-setting', Object.entries(this.parts.settings));
  }

  /** Who may not send calls outside, and whether a number's length tells what is outside. */
  private insideOnly(extensions: readonly string[]): readonly (readonly [string, string])[] {
    const { directory } = this.parts;
    const numbers = [...extensions, ...directory.queues().map(({ number }) => number)];
    const kind = numbers.every(({ length }) => length < shortestOutside) ? 'short' : 'long';
    return extensions
      .filter(extension => directory.maySendOutside?.(extension) === false)
      .map(extension => [extension, kind] as const);
  }

  /** Whose phones take no second call. */
  private oneCall(extensions: readonly string[]): readonly (readonly [string, string])[] {
    return extensions
      .filter(extension => this.parts.directory.takesSecondCalls?.(extension) === false)
      .map(extension => [extension, 'yes'] as const);
  }

  private async family(family: string, entries: readonly (readonly [string, string])[]): Promise<void> {
    const wanted = new Map(entries);
    const present = await this.parts.ami.listIfAny({ Action: 'DBGetTree', Family: family });
    const known = new Map(present.map(entry => [entry.get('Key').slice(family.length + 2), entry.get('Val')]));
    for (const key of known.keys())
      if (!wanted.has(key)) await this.parts.ami.action({ Action: 'DBDel', Family: family, Key: key });
    for (const [key, value] of wanted)
      if (known.get(key) !== value)
        await this.parts.ami.action({ Action: 'DBPut', Family: family, Key: key, Val: value });
  }

  private async syncMembers(queues: readonly QueueDefinition[]): Promise<void> {
    const status = await this.parts.ami.list({ Action: 'QueueStatus' });
    const members = status.filter(each => each.get('Event') === 'QueueMember');
    for (const queue of queues) {
      const present = members.filter(each => each.get('Queue') === queue.id).map(each => each.get('Name'));
      for (const extension of present)
        if (!queue.memberExtensions.includes(extension))
          await this.parts.ami.action({ Action: 'QueueRemove', Queue: queue.id, Interface: interfaceOf(extension) });
      for (const extension of queue.memberExtensions)
        if (!present.includes(extension)) await this.add(queue.id, extension);
    }
    for (const extension of new Set(queues.flatMap(queue => queue.memberExtensions)))
      await this.pauses.apply(extension);
  }

  private async add(queue: string, extension: string): Promise<void> {
    const Interface = interfaceOf(extension);
    await this.parts.ami.action({
      Action: 'QueueAdd',
      Queue: queue,
      Interface,
      MemberName: extension,
      StateInterface: Interface,
      Paused: 'true',
    });
  }
}

type FileStep = Readonly<Record<string, string>>;

/** UpdateConfig's steps, in order: `Action-000000: NewCat`, `Cat-000000: support`. */
const numbered = (steps: readonly FileStep[]): Record<string, string> =>
  Object.fromEntries(
    steps.flatMap((step, index) =>
      Object.entries(step).map(([name, value]) => [`${name}-${String(index).padStart(6, '0')}`, value] as const),
    ),
  );

const linesOf = (queue: QueueDefinition): string[] => queueSettings(queue).map(([name, value]) => `${name}=${value}`);

function queueOf(queues: readonly QueueDefinition[], id: string): QueueDefinition {
  const queue = queues.find(each => each.id === id);
  if (queue === undefined) throw new Error(`no queue ${id}`);
  return queue;
}

/** GetConfig's answer: `Category-000000: support`, `Line-000000-000000: strategy=ringall`. */
function sectionsOf(config: AmiMessage): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  for (let index = 0; ; index++) {
    const number = String(index).padStart(6, '0');
    const name = config.get(`Category-${number}`);
    if (name === '') return sections;
    const lines: string[] = [];
    for (let line = 0; ; line++) {
      const text = config.get(`Line-${number}-${String(line).padStart(6, '0')}`);
      if (text === '') break;
      lines.push(text);
    }
    sections.set(name, lines);
  }
}
