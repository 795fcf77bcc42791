import { type DeskPhoneDigests, type Extension, sipRealm } from '../../telephony';
import { digestAlgorithm } from '../config/pjsip-config';

/** What Asterisk needs of one extension: the fields of its three objects. */
export interface LineSettings {
  readonly auth: Readonly<Record<string, string>>;
  readonly aor: Readonly<Record<string, string>>;
  readonly endpoint: Readonly<Record<string, string>>;
}

/** Strongest first (RFC 8760 section 2.4): a phone takes the first that it knows. */
const bothAlgorithms = `${digestAlgorithm},MD5`;

/** A Web extension: the app, over WebSocket, with the secret of one signed-in session. */
export function appLine(extension: Extension, secret: string, allowMd5: boolean): LineSettings {
  return {
    auth: {
      auth_type: 'digest',
      username: extension.extension,
      password: secret,
      supported_algorithms_uas: allowMd5 ? bothAlgorithms : digestAlgorithm,
    },
    aor: { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0' },
    endpoint: {
      ...common(extension),
      transport: 'phones',
      webrtc: 'yes',
      // What both ends of a queue call speak anyway; Opus would have to be translated for the trunk.
      allow: 'ulaw,opus',
      dtls_auto_generate_cert: 'yes',
      // A phone without media is gone, which the server notices long before; one that holds may rightly be silent for longer.
      rtp_timeout: '60',
      rtp_timeout_hold: '120',
    },
  };
}

/**
 * A SIP extension: a desk phone over UDP, TCP or TLS, known by the digests of its password and by nothing else.
 * @param isEncrypted offer SRTP too: keys in the SDP (RFC 4568) are secret only where the signalling is
 */
export function deskLine(extension: Extension, digests: DeskPhoneDigests, isEncrypted: boolean): LineSettings {
  return {
    auth: {
      auth_type: 'digest',
      username: extension.extension,
      realm: sipRealm,
      password_digest: `SHA-256:${digests.sha256},MD5:${digests.md5}`,
      supported_algorithms_uas: bothAlgorithms,
    },
    // Nobody tells us that a phone on a desk was unplugged: Asterisk asks it.
    aor: { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '60', maximum_expiration: '3600' },
    endpoint: {
      ...common(extension),
      allow: 'ulaw,alaw,g722',
      dtmf_mode: 'rfc4733',
      force_rport: 'yes',
      rewrite_contact: 'yes',
      rtp_symmetric: 'yes',
      rtp_timeout: '30',
      rtp_timeout_hold: '300',
      ...(isEncrypted && { media_encryption: 'sdes', media_encryption_optimistic: 'yes' }),
    },
  };
}

const common = ({ extension, displayName }: Extension): Record<string, string> => ({
  context: 'centre-agents',
  disallow: 'all',
  auth: extension,
  aors: extension,
  callerid: `"${displayName.replaceAll(/["\\<>]|[^\P{C}]/gu, '')}" <${extension}>`,
  direct_media: 'no',
  timers: 'yes',
  allow_transfer: 'yes',
  from_domain: sipRealm,
});
