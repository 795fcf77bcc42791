import { cleanCallerText } from '../customers/phone-number';

/** What a file name may be made of. */
export interface FileNameParts {
  readonly startedAt: number;
  readonly number: string;
  readonly name: string | null;
  readonly agent: string;
  readonly extension: string;
  readonly type: string;
  readonly call: number;
  /** Of the recording. */
  readonly id: string;
}
const longestPart = 40;
const longest = 140;
/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** Letters and digits of any language, and what joins them; nothing that a file system, a shell or a person could take for something else. */
const safe = (text: string): string =>
  cleanCallerText(text)
    .replace(/•/g, 'x')
    .replace(/[^\p{L}\p{M}\p{N} _+-]/gu, '-')
    .replace(/[-\s]{2,}/g, '-')
    .replace(/^[-\s]+|[-\s]+$/g, '')
    .slice(0, longestPart)
    .replace(/[\ud800-\udbff]$/, '');

/** Name of a downloaded recording by the policy's pattern, with `.wav`. Two recordings never have the same: eight characters of the id stand at the end. */
export function recordingFileName(pattern: string, parts: FileNameParts, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const at = Object.fromEntries(format.formatToParts(parts.startedAt).map(({ type, value }) => [type, value]));
  const values: Readonly<Record<string, string>> = {
    date: `${at['year']}-${at['month']}-${at['day']}`,
    time: `${at['hour']}-${at['minute']}-${at['second']}`,
    number: parts.number,
    name: parts.name ?? '',
    agent: parts.agent,
    extension: parts.extension,
    type: parts.type,
    call: String(parts.call),
  };
  const filled = pattern
    .split(/(\{\w+\})/)
    .map(piece => safe(values[/^\{(\w+)\}$/.exec(piece)?.[1] ?? ''] ?? piece) || (piece.trim() === '' ? ' ' : ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, '');
  const ending = safe(parts.id).slice(0, 8);
  const name = filled === '' || reserved.test(filled) ? 'recording' : filled;
  return `${name} ${ending}.wav`.replace(/[ _]+/g, '_');
}
