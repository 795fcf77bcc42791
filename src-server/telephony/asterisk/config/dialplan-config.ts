import { conferenceDialplan } from './conference-dialplan';
import { holdDialplan } from './hold-dialplan';
import { numberPatterns, shortestOutside } from './dialplan-numbers';
import { handOverMs, transferDialplan } from './transfer-dialplan';

/**
 * The same text for every centre: which extensions and queues there are, Asterisk reads in its own database, where the central
 * server writes it. Nothing that a caller sends is used in an expression; a dialled number is digits by its pattern.
 */
export const dialplanConfig = `[general]
static=yes
writeprotect=yes
autofallthrough=yes
extenpatternmatchnew=no
clearglobalvars=yes

; ---- customers -------------------------------------------------------------
[centre-from-trunk]
${numberPatterns('centre-inbound')}

; A Local channel of the administrator's dialplan stays for the whole call, held by a trace of frames that do not come: Asterisk would put
; the caller's own channel in its place, which nobody knows, and end the recording.
[centre-inbound]
exten => _[+0-9]!,1,Set(__CENTRE_CALL=\${UUID()})
 same => n,ExecIf($["\${CHANNEL(channeltype)}" = "Local"]?Set(FRAME_TRACE(white)=MODEM))
 same => n,Set(CENTRE_OWN_CALL=\${CENTRE_CALL})
 same => n,Set(CENTRE_DIALLED=\${EXTEN})
 same => n,Set(CENTRE_DIRECTION=inbound)
 same => n,UserEvent(CentreCall)
 same => n,Set(__CENTRE_QUEUE=\${DB(centre-queue/\${EXTEN})})
 same => n,GotoIf($["\${CENTRE_QUEUE}" = ""]?nobody)
 same => n,Goto(centre-wait,s,1)
 same => n(nobody),Hangup(1)

; A caller waits. CENTRE_QUEUE names the queue.
[centre-wait]
exten => s,1,Set(__CENTRE_QUEUE_NAME=\${DB(centre-queue-name/\${CENTRE_QUEUE})})
 same => n,Answer()
 same => n,GotoIf($["\${QUEUE_PRIO}" > "0"]?head)
 same => n,Queue(\${CENTRE_QUEUE},cb(centre-offer^s^1))
 same => n,Goto(centre-left,s,1)
 same => n(head),Queue(\${CENTRE_QUEUE},cb(centre-offer^s^1),,,,,,,1)
 same => n,Goto(centre-left,s,1)

; The last one with whom this caller talked has hung up, or the queue has ended.
[centre-left]
exten => s,1,ExecIf($["\${QUEUESTATUS}" != "CONTINUE"]?Hangup(20))
 same => n,Goto(centre-let-go,s,1)

; Nobody else is in the call. Who hangs up in the moment in which this caller was given over meant the agent who did that: the server takes
; ATTENDEDTRANSFER away once the moment is over, and while there is no server the sender's own end says when it was.
[centre-let-go]
exten => s,1,GotoIf($["\${ATTENDEDTRANSFER}" = ""]?over)
 same => n,Set(CENTRE_HANDED=\${SHARED(CENTRE_HANDED)})
 same => n,GotoIf($["\${CUT(CENTRE_HANDED,@,1)}" != "\${ATTENDEDTRANSFER}"]?centre-handed-back,s,1)
 same => n,GotoIf($[\${STRFTIME(,,%s%3q)} - \${CUT(CENTRE_HANDED,@,2)} < ${handOverMs}]?centre-handed-back,s,1)
 same => n(over),Hangup(16)

; Runs when an agent's channel ends: whom it has given over with an attended transfer learns when.
[centre-hands-over]
exten => s,1,ExecIf($["\${CENTRE_HANDS_OVER}" = ""]?Set(CENTRE_HANDS_OVER=\${ATTENDEDTRANSFER}))
 same => n,ExecIf($["\${CENTRE_HANDS_OVER}" != ""]?Set(SHARED(CENTRE_HANDED,\${CENTRE_HANDS_OVER})=\${CHANNEL(name)}@\${STRFTIME(,,%s%3q)}))
 same => n,Return()

; Runs on an agent's channel before its phone is rung.
[centre-offer]
exten => s,1,Gosub(centre-may-send,s,1)
 same => n,Set(CHANNEL(hangup_handler_push)=centre-hands-over,s,1)
 same => n,Set(CENTRE_OWN_CALL=\${CENTRE_CALL})
 same => n,Set(PJSIP_HEADER(add,X-Call-Id)=\${CENTRE_CALL})
 same => n,Set(PJSIP_HEADER(add,X-Media-While-Ringing)=yes)
 same => n,ExecIf($["\${CENTRE_QUEUE_NAME}" != ""]?Set(PJSIP_HEADER(add,X-Queue)=\${CENTRE_QUEUE_NAME}))
 same => n,ExecIf($["\${CENTRE_TRANSFERRED_BY}" != ""]?Set(PJSIP_HEADER(add,X-Transferred-By)=\${CENTRE_TRANSFERRED_BY}))
 same => n,ExecIf($["\${CENTRE_RETURNED}" != ""]?Set(PJSIP_HEADER(add,X-Transfer-Returned)=\${CENTRE_RETURNED}))
 same => n,Return()

; Where this channel's phone may send its calls, into TRANSFER_CONTEXT. Where the centre has inside numbers as long as outside ones, only the
; number that is asked for tells which it is: then centre-transferred decides.
[centre-may-send]
exten => s,1,Set(TRANSFER_CONTEXT=centre-transfer)
 same => n,ExecIf($["\${DB(centre-inside-only/\${CHANNEL(endpoint)})}" = "short"]?Set(TRANSFER_CONTEXT=centre-transfer-inside))
 same => n,Return()

; Whether a phone that takes one call only has it, into GOSUB_RETVAL.
[centre-has-call]
exten => _[+0-9]!,1,GotoIf($["\${DB(centre-one-call/\${EXTEN})}" = ""]?no)
 same => n,ExecIf($["\${CHANNELS(^PJSIP/\${EXTEN}-)}" != ""]?Return(yes))
 same => n(no),Return(no)

; Runs on the channel of who is called over the trunk. Whoever was called keeps its call's id also when a transfer puts its channel in the
; place of another one, with that one's variables before its own.
[centre-called]
exten => s,1,Set(CENTRE_OWN_CALL=\${CENTRE_CALL})
 same => n,Return()

; ---- agents ----------------------------------------------------------------
[centre-agents]
exten => *43,1,ExecIf($["\${CENTRE_CALL}" = ""]?Set(__CENTRE_CALL=\${UUID()}))
 same => n,Set(CENTRE_DIALLED=\${EXTEN})
 same => n,Set(CENTRE_DIRECTION=internal)
 same => n,UserEvent(CentreCall)
 same => n,Answer()
 same => n,Playback(beep)
 same => n,Echo()
 same => n,Hangup()
${numberPatterns('centre-dialled')}

[centre-dialled]
exten => _[+0-9]!,1,ExecIf($["\${CENTRE_CALL}" = ""]?Set(__CENTRE_CALL=\${UUID()}))
 same => n,Gosub(centre-may-send,s,1)
 same => n,Set(CENTRE_DIALLED=\${EXTEN})
 same => n,GotoIf($["\${DB(centre-extension/\${EXTEN})}" != ""]?extension)
 same => n,GotoIf($["\${DB(centre-queue/\${EXTEN})}" != ""]?queue)
 same => n,GotoIf($[\${LEN(\${EXTEN})} < ${shortestOutside}]?nobody)
 same => n,Set(CENTRE_DIRECTION=outbound)
 same => n,UserEvent(CentreCall)
 same => n,Dial(PJSIP/\${EXTEN}@trunk,\${DB(centre-setting/outside-ring)},b(centre-called^s^1))
 same => n,GotoIf($["\${ATTENDEDTRANSFER}" != ""]?centre-consulted,outside,1)
 same => n,Goto(centre-refused,s,1)
 same => n(extension),Set(CENTRE_DIRECTION=internal)
 same => n,UserEvent(CentreCall)
 same => n,ExecIf($["\${CHANNEL(endpoint)}" = "\${EXTEN}"]?Hangup(17))
 same => n,Gosub(centre-has-call,\${EXTEN},1)
 same => n,ExecIf($["\${GOSUB_RETVAL}" = "yes"]?Hangup(17))
 same => n,Dial(PJSIP/\${EXTEN},\${DB(centre-setting/internal-ring)},b(centre-offer^s^1))
 same => n,GotoIf($["\${ATTENDEDTRANSFER}" != ""]?centre-consulted,extension,1)
 same => n,ExecIf($["\${DIALSTATUS}" = "CHANUNAVAIL" & "\${HANGUPCAUSE_KEYS()}" = ""]?Hangup(20))
 same => n,Goto(centre-refused,s,1)
 same => n(queue),Set(CENTRE_DIRECTION=internal)
 same => n,Set(__CENTRE_QUEUE=\${DB(centre-queue/\${EXTEN})})
 same => n,UserEvent(CentreCall)
 same => n,Goto(centre-wait,s,1)
 same => n(nobody),Set(CENTRE_DIRECTION=internal)
 same => n,UserEvent(CentreCall)
 same => n,Hangup(1)

; Click-to-dial: the server has rung an agent's own phone and minted the call's id; from here it is as if the phone had dialled.
[centre-clicked]
exten => _[*+0-9]!,1,Set(CALLERID(all)=\${PJSIP_ENDPOINT(\${CENTRE_EXTENSION},callerid)})
 same => n,Goto(centre-agents,\${EXTEN},1)

; The one who called hears the same SIP status as we did. Of the other end's words only three digits are taken.
[centre-refused]
exten => s,1,Set(CENTRE_STATUS=\${HANGUPCAUSE(\${HANGUPCAUSE_KEYS()},tech)})
 same => n,Set(CENTRE_STATUS=0\${FILTER(0123456789,\${CENTRE_STATUS:4:3})})
 same => n,ExecIf($[\${CENTRE_STATUS} >= 400 & \${CENTRE_STATUS} < 700 & \${CENTRE_STATUS} != 487]?PJSIPHangup(\${CENTRE_STATUS:1}))
 same => n,Hangup(\${HANGUPCAUSE})
${transferDialplan}${conferenceDialplan}${holdDialplan}`;
