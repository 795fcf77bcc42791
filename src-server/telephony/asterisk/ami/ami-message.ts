/** One AMI message: names in lower case → values in the order in which they came. */
export class AmiMessage {
  constructor(private readonly fields: ReadonlyMap<string, readonly string[]>) {}

  /** First value of a field, or '' when it is missing or empty. */
  get(name: string): string {
    return this.fields.get(name.toLowerCase())?.[0] ?? '';
  }

  all(name: string): readonly string[] {
    return this.fields.get(name.toLowerCase()) ?? [];
  }

  /** A channel variable that manager.conf adds to every event (`channelvars`); `''` when it is not set. */
  variable(name: string, field = 'ChanVariable'): string {
    const found = this.all(field).find(each => each.startsWith(`${name}=`));
    return found === undefined ? '' : found.slice(name.length + 1);
  }
}

/** More than any message of Asterisk has; a peer that sends more is not an Asterisk. */
const longestMessage = 256 * 1024;

/**
 * Cuts the byte stream of AMI into messages. Lines that are no `Name: value` are passed over and counted; a caller's name may
 * hold anything but a line end (Asterisk takes these out), so what it contains can never become a field of its own.
 */
export class AmiParser {
  private pending = '';
  private hasGreeting = false;
  malformedLines = 0;

  /** @throws when the other end cannot be an Asterisk */
  push(text: string): AmiMessage[] {
    this.pending += text;
    if (!this.hasGreeting) this.takeGreeting();
    if (!this.hasGreeting) return [];
    const messages: AmiMessage[] = [];
    for (let end = this.pending.indexOf('\r\n\r\n'); end >= 0; end = this.pending.indexOf('\r\n\r\n')) {
      const message = this.parse(this.pending.slice(0, end));
      this.pending = this.pending.slice(end + 4);
      if (message !== null) messages.push(message);
    }
    if (this.pending.length > longestMessage) throw new Error('AMI message without end');
    return messages;
  }

  private takeGreeting(): void {
    const end = this.pending.indexOf('\r\n');
    const start = this.pending.slice(0, end < 0 ? undefined : end);
    if (!'Asterisk Call Manager'.startsWith(start.slice(0, 21))) throw new Error('no Asterisk Call Manager');
    if (end < 0) return;
    this.pending = this.pending.slice(end + 2);
    this.hasGreeting = true;
  }

  private parse(block: string): AmiMessage | null {
    const fields = new Map<string, string[]>();
    for (const line of block.split('\r\n')) {
      if (line === '') continue;
      const colon = line.indexOf(':');
      if (colon < 1) {
        this.malformedLines++;
        continue;
      }
      const name = line.slice(0, colon).trim().toLowerCase();
      const values = fields.get(name);
      const value = line.slice(colon + 1).replace(/^ /, '');
      if (values === undefined) fields.set(name, [value]);
      else values.push(value);
    }
    return fields.size === 0 ? null : new AmiMessage(fields);
  }
}

export type AmiFields = Readonly<Record<string, string | number | readonly string[]>>;

/** @throws when a value would end its line: nothing may add fields of its own to an action */
export function amiText(fields: AmiFields): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    return values.map(each => {
      if (/[\r\n\0]/.test(each)) throw new Error(`AMI field ${name} with a line end`);
      return `${name}: ${each}\r\n`;
    });
  });
  return `${lines.join('')}\r\n`;
}
