import { type AsteriskAccess, type AsteriskPlace, accessUser } from './config-options';

/** What is loaded, by name: a short list starts in two seconds and opens no port that nobody asked for. */
const modules = `
res_timing_timerfd res_sorcery_memory res_sorcery_astdb res_sorcery_config res_crypto res_pjproject res_http_websocket
res_pjsip res_pjsip_session res_pjsip_acl res_pjsip_authenticator_digest res_pjsip_outbound_authenticator_digest
res_pjsip_outbound_registration res_pjsip_caller_id res_pjsip_diversion res_pjsip_dlg_options res_pjsip_dtmf_info res_pjsip_empty_info
res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_header_funcs res_pjsip_logger res_pjsip_nat res_pjsip_path
res_pjsip_refer res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_transport_websocket res_pjsip_pubsub res_websocket_client
res_rtp_asterisk res_srtp res_format_attr_opus res_musiconhold res_mutestream res_stasis res_ari_model res_ari res_ari_asterisk res_ari_endpoints
chan_pjsip bridge_simple bridge_softmix bridge_holding bridge_builtin_features
app_channelredirect app_chanspy app_confbridge app_dial app_echo app_exec app_mixmonitor app_originate app_playback app_queue app_stack app_userevent app_verbose
func_callerid func_channel func_cut func_db func_dialplan func_global func_hangupcause func_logic func_pjsip_contact func_pjsip_endpoint
func_frame_trace func_strings func_uuid
pbx_config codec_alaw codec_ulaw codec_a_mu codec_resample codec_opus_open_source codec_g722 format_pcm format_sln format_wav
`;

export const modulesConfig = `[modules]
autoload=no
${modules
  .trim()
  .split(/\s+/)
  .map(name => `load=${name}.so`)
  .join('\n')}
`;

export function httpConfig({ bind, httpPort, tlsCert, tlsKey }: AsteriskPlace): string {
  if (tlsCert === null || tlsKey === null) return `[general]\nenabled=yes\nbindaddr=${bind}\nbindport=${httpPort}\n`;
  return `[general]
enabled=no
tlsenable=yes
tlsbindaddr=${bind}:${httpPort}
tlscertfile=${tlsCert}
tlsprivatekey=${tlsKey}
`;
}

/** Every event of a call carries the centre's own id of it, so that a state read after a gap can be put together again. */
export const channelVariables = ['CENTRE_CALL', 'CENTRE_DIRECTION', 'CENTRE_DIALLED', 'CENTRE_TRANSFER'] as const;

/** Where programs on Asterisk's own machine find it, and from where they seem to come. */
export const ownAddress = ({ bind }: AsteriskPlace): string => (bind === '0.0.0.0' ? '127.0.0.1' : bind);

export function managerConfig(place: AsteriskPlace, { ami }: AsteriskAccess): string {
  const { bind, amiPort, server } = place;
  return `[general]
enabled=yes
webenabled=no
bindaddr=${bind}
port=${amiPort}
authtimeout=5
authlimit=20
channelvars=${channelVariables.join(',')}

[${accessUser}]
secret=${ami.secret}
deny=0.0.0.0/0.0.0.0
permit=${server ?? ownAddress(place)}/255.255.255.255
read=system,call,agent,user,dtmf,reporting,dialplan
write=system,call,agent,reporting,config,originate
eventfilter(action(exclude),name(VarSet)) =
eventfilter(action(exclude),name(Newexten)) =
eventfilter(action(exclude),name(RTCPSent)) =
eventfilter(action(exclude),name(RTCPReceived)) =
writetimeout=5000
`;
}

export const ariConfig = ({ ari }: AsteriskAccess): string => `[general]
enabled=yes
pretty=no

[${accessUser}]
type=user
read_only=no
password=${ari.secret}
password_format=plain
`;

export const musicConfig = ({ music }: AsteriskPlace): string => `[default]
mode=files
directory=${music}
sort=random
`;

export const rtpConfig = ({ rtpFirst, rtpLast }: AsteriskPlace): string => `[general]
rtpstart=${rtpFirst}
rtpend=${rtpLast}
icesupport=yes
strictrtp=yes
`;

/** Files in which even `[general]` would be one thing too many. */
export const emptyFiles = ['acl.conf', 'stasis.conf'] as const;

export const loggerConfig = `[general]
dateformat=%F %T.%3q
queue_log=no

[logfiles]
console=error
messages.log=notice,warning,error
`;

/** No feature keys: what an agent presses belongs to the customer's menu. */
export const featuresConfig = `[general]
transferdigittimeout=3

[featuremap]
`;

export const conferenceConfig = `[general]

[default_bridge]
type=bridge

[default_user]
type=user
announce_user_count_all=no
quiet=yes
music_on_hold_when_empty=yes
; Who speaks is shown to everybody in the room; a breath between two words is shorter.
talk_detection_events=yes
dsp_silence_threshold=600
`;

/** Asterisk complains of each of these files when it is missing; its own defaults are what is wanted. */
export const filesWithDefaults = [
  'ccss.conf',
  'cdr.conf',
  'cel.conf',
  'indications.conf',
  'pjproject.conf',
  'queuerules.conf',
  'udptl.conf',
  'websocket_client.conf',
] as const;
