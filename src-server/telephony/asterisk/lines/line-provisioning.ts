import { request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import type { AsteriskAccess } from '../config/config-options';
import type { LineSettings } from './line-settings';

const answerWithinMs = 5000;
/** How long Asterisk may take to forget an endpoint, and how often it is asked. */
const forgetsWithinMs = 2000;
const askEveryMs = 5;
const kinds = ['auth', 'aor', 'endpoint'] as const;
const fieldsOf = z.array(z.object({ attribute: z.string(), value: z.string() }));

/**
 * Agents' lines in Asterisk, written by ARI into its memory: a secret that was minted at sign-in is known at once, without a reload,
 * and never lies on a disk. After a restart of Asterisk they have to be written again.
 */
export class LineProvisioning {
  constructor(
    private readonly access: AsteriskAccess['ari'],
    private readonly clock: Clock,
    private readonly log: ServerLog,
  ) {}

  /** The extension exists with these settings. */
  async put(extension: string, settings: LineSettings): Promise<void> {
    for (const kind of kinds) await this.write(kind, extension, settings[kind]);
  }

  /** Asterisk adds settings to those that it has: what the app needs must not stay with a desk phone, nor the reverse. */
  async isOtherKind(extension: string, settings: LineSettings): Promise<boolean> {
    const before = await this.kindOfPhone(extension);
    return before !== null && before !== (settings.endpoint['webrtc'] ?? 'no');
  }

  /**
   * Nobody can register or call with this extension any more; a running call goes on.
   * @param contactsOf names of the contacts of an AOR. Asterisk keeps them in its database when their AOR is gone, and the next owner of
   * the extension would inherit them; it lists them only while there is an AOR.
   * @returns false when it is not ours to take away: an administrator wrote it into a file
   */
  async remove(extension: string, contactsOf: (aor: string) => Promise<readonly string[]>): Promise<boolean> {
    if (!(await this.delete('endpoint', extension))) return false;
    await this.untilForgotten(extension);
    for (const name of await contactsOf(extension)) await this.delete('contact', name);
    await this.delete('aor', extension);
    await this.delete('auth', extension);
    return true;
  }

  /**
   * Asterisk answers before it has told its own parts that the endpoint is gone. One of the same name that comes before they know is forgotten
   * with it: its phone is registered, and neither AMI nor a queue is ever told (seen on 22.10, five times in a hundred at once).
   */
  private async untilForgotten(extension: string): Promise<void> {
    const path = `endpoints/PJSIP/${encodeURIComponent(extension)}`;
    const deadline = this.clock.monotonic() + forgetsWithinMs;
    while (isGood(await this.ask('GET', path))) {
      if (this.clock.monotonic() >= deadline) {
        this.log.warn(`asterisk: line ${extension} is still known ${forgetsWithinMs} ms after it was taken away`);
        return;
      }
      await new Promise<void>(passed => this.clock.after(askEveryMs, passed));
    }
  }

  private async delete(kind: string, name: string): Promise<boolean> {
    const answer = await this.ask('DELETE', settingsOf(kind, name));
    if (!isGood(answer) && answer.status !== 404 && answer.status !== 403)
      throw new Error(`ARI DELETE ${kind}: ${answer.status}`);
    return answer.status !== 403;
  }

  /** Asterisk's `webrtc` of this extension; null when it does not know it. */
  private async kindOfPhone(extension: string): Promise<string | null> {
    const answer = await this.ask('GET', settingsOf('endpoint', extension));
    if (answer.status === 404) return null;
    if (!isGood(answer)) throw new Error(`ARI GET endpoint: ${answer.status}`);
    return fieldsOf.parse(JSON.parse(answer.text)).find(({ attribute }) => attribute === 'webrtc')?.value ?? 'no';
  }

  private async write(
    kind: (typeof kinds)[number],
    id: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    const answer = await this.ask('PUT', settingsOf(kind, id), JSON.stringify({ fields }));
    if (!isGood(answer)) throw new Error(`ARI PUT ${kind}: ${answer.status} ${answer.text}`);
  }

  private ask(method: string, path: string, body: string | null = null): Promise<AriAnswer> {
    const { url, user, secret, ca } = this.access;
    const target = new URL(`${url}/ari/${path}`);
    const open = target.protocol === 'https:' ? requestOverTls : requestPlain;
    const headers = {
      authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
      ...(body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const signal = AbortSignal.timeout(answerWithinMs);
    return new Promise<AriAnswer>((resolve, reject) => {
      const request = open(target, { method, headers, signal, ...(ca !== null && { ca }) }, response => {
        text(response).then(content => resolve({ status: response.statusCode ?? 0, text: content }), reject);
      });
      request.once('error', reject);
      request.end(body ?? '');
    });
  }
}

interface AriAnswer {
  readonly status: number;
  readonly text: string;
}
const settingsOf = (kind: string, id: string): string =>
  `asterisk/config/dynamic/res_pjsip/${kind}/${encodeURIComponent(id)}`;
const isGood = ({ status }: AriAnswer): boolean => status >= 200 && status < 300;
