/**
 * The room of a call, named by the call's id: three or more whom the server sends here. Who is left alone in it is let go, also while the
 * central server is down. Nobody is transferred out of a room: TRANSFER_CONTEXT has nobody to send to.
 */
export const conferenceDialplan = `
; ---- conferences -----------------------------------------------------------
[centre-nowhere]

[centre-room]
exten => s,1,Set(TRANSFER_CONTEXT=centre-nowhere)
 same => n,Set(CHANNEL(hangup_handler_push)=centre-leaves-room,s,1)
 same => n,ConfBridge(\${CENTRE_CALL})
 same => n,Hangup(16)

; Runs when the channel of somebody ends who is in the room or on the way out of it: who is left alone there is let go.
[centre-leaves-room]
exten => s,1,ExecIf($["\${CONFBRIDGE_INFO(parties,\${CENTRE_CALL})}" = "1"]?ConfKick(\${CENTRE_CALL},all))
 same => n,Return()

; The last two of a room talk as in an ordinary call again: one waits here, and the other comes and fetches it. Where that fails both
; are back in the room; but who fetches somebody that hangs up in that moment would be alone there for ever.
[centre-pair]
exten => wait,1,Gosub(centre-may-send,s,1)
 same => n,Set(BRIDGEPEER=)
 same => n,UserEvent(CentrePair)
 same => n,Wait(3)
 same => n,ExecIf($["\${BRIDGEPEER}" != ""]?Hangup(16))
 same => n,ExecIf($["\${CONFBRIDGE_INFO(parties,\${CENTRE_CALL})}" = "0"]?Hangup(16))
 same => n,Goto(centre-room,s,1)
exten => fetch,1,Gosub(centre-may-send,s,1)
 same => n,Bridge(\${CENTRE_PEER})
 same => n,ExecIf($["\${BRIDGERESULT}" = "SUCCESS" | "\${BRIDGERESULT}" = "NONEXISTENT"]?Hangup(16))
 same => n,Wait(0.5)
 same => n,ExecIf($["\${CHANNELS(^\${CENTRE_PEER})}" = ""]?Hangup(16))
 same => n,Goto(centre-room,s,1)
`;
