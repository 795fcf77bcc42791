import { z } from 'zod';
import { type Extension, sipRealm } from '../../telephony';
import type { AsteriskAccess } from '../config/config-options';
import { digestAlgorithm } from '../config/pjsip-config';

const answerWithinMs = 5000;
const kinds = ['auth', 'aor', 'endpoint'] as const;
const fieldsOf = z.object({ fields: z.array(z.object({ attribute: z.string(), value: z.string() })) });

/**
 * Agents' lines in Asterisk, written by ARI into its memory: a secret that was minted at sign-in is known at once, without a reload,
 * and never lies on a disk. After a restart of Asterisk they have to be written again.
 */
export class LineProvisioning {
  constructor(
    private readonly access: AsteriskAccess['ari'],
    private readonly allowMd5 = false,
  ) {}

  /** The extension exists and this secret, and no other, opens it. */
  async put(extension: Extension, secret: string): Promise<void> {
    const id = extension.extension;
    await this.write('auth', id, {
      auth_type: 'digest',
      username: id,
      password: secret,
      // Strongest first (RFC 8760 section 2.4): a phone takes the first that it knows.
      supported_algorithms_uas: this.allowMd5 ? `${digestAlgorithm},MD5` : digestAlgorithm,
    });
    await this.write('aor', id, { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0' });
    await this.write('endpoint', id, {
      transport: 'phones',
      context: 'centre-agents',
      webrtc: 'yes',
      disallow: 'all',
      // What both ends of a queue call speak anyway; Opus would have to be translated for the trunk.
      allow: 'ulaw,opus',
      auth: id,
      aors: id,
      callerid: `"${extension.displayName.replaceAll(/["\\<>]|[^\P{C}]/gu, '')}" <${id}>`,
      direct_media: 'no',
      dtls_auto_generate_cert: 'yes',
      timers: 'yes',
      // A phone without media is gone; one that holds may rightly be silent for longer.
      rtp_timeout: '30',
      rtp_timeout_hold: '120',
      allow_transfer: 'yes',
      from_domain: sipRealm,
    });
  }

  /** Nobody can register or call with this extension any more; a running call goes on. */
  async remove(extension: string): Promise<void> {
    for (const kind of kinds.toReversed()) {
      const answer = await this.ask('DELETE', kind, extension);
      if (!answer.ok && answer.status !== 404) throw new Error(`ARI DELETE ${kind}: ${answer.status}`);
    }
  }

  private async write(kind: (typeof kinds)[number], id: string, values: Record<string, string>): Promise<void> {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    const answer = await this.ask('PUT', kind, id, JSON.stringify({ fields } satisfies z.infer<typeof fieldsOf>));
    if (!answer.ok) throw new Error(`ARI PUT ${kind}: ${answer.status} ${await answer.text()}`);
  }

  private ask(method: string, kind: string, id: string, body: string | null = null): Promise<Response> {
    const { url, user, secret } = this.access;
    return fetch(`${url}/ari/asterisk/config/dynamic/res_pjsip/${kind}/${encodeURIComponent(id)}`, {
      method,
      body,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
        ...(body !== null && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(answerWithinMs),
    });
  }
}
