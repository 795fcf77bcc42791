import { sipRealm } from '../../telephony';
import type { AsteriskPlace } from './config-options';

/** Digest by SHA-256 and nothing weaker (RFC 8760); needs Asterisk 22.2. */
export const digestAlgorithm = 'SHA-256';

/** Name of the carrier's endpoint; no extension can have it. */
export const trunkName = 'trunk';

/** Transports, the trunk, and no agents: these come by ARI, each with the secret of one signed-in session. */
export function pjsipConfig(place: AsteriskPlace): string {
  const { bind, sipPort, trunk, tlsCert } = place;
  return `[global]
type=global
user_agent=Softphone centre
default_realm=${sipRealm}
default_auth_algorithms_uas=${digestAlgorithm}
; An address is a trunk's; everybody else has to name an agent and prove it.
endpoint_identifier_order=ip,username

[phones]
type=transport
protocol=${tlsCert === null ? 'ws' : 'wss'}
bind=${bind}

[carrier]
type=transport
protocol=udp
bind=${bind}:${sipPort}

; Desk phones come over the carrier's transport too, or over these.
[desk-tcp]
type=transport
protocol=tcp
bind=${bind}:${sipPort}
${tlsCert === null ? '' : deskTls(place)}${trunk === null ? '\n; No trunk was named (--trunk HOST:PORT).\n' : trunkConfig(place, trunk)}`;
}

const deskTls = ({ bind, sipsPort, tlsCert, tlsKey }: AsteriskPlace): string => `
[desk-tls]
type=transport
protocol=tls
bind=${bind}:${sipsPort}
method=tlsv1_2
cert_file=${tlsCert}
priv_key_file=${tlsKey}
`;

function trunkConfig({ bind }: AsteriskPlace, trunk: string): string {
  const host = trunk.replace(/:\d+$/, '');
  return `
[trunk]
type=endpoint
transport=carrier
context=centre-from-trunk
disallow=all
allow=ulaw,alaw
aors=trunk
direct_media=no
; Who is transferred where, agents decide.
allow_transfer=no
dtmf_mode=rfc4733
${bind === '0.0.0.0' ? '' : `media_address=${bind}\nbind_rtp_to_media_address=yes\n`}
[trunk]
type=aor
contact=sip:${trunk}

[trunk]
type=identify
endpoint=trunk
match=${host}
`;
}

/** Agents live in memory, what an administrator writes lives in pjsip.conf and pjsip_local.conf. */
export const sorceryConfig = `[res_pjsip]
${['endpoint', 'auth', 'aor'].map(type => `${type}=memory\n${type}=config,pjsip.conf,criteria=type=${type}`).join('\n')}
`;
