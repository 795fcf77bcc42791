/**
 * Two whom the server parts for a while, because one of them has a phone that cannot be told to hold: one hears music, the other one nothing.
 * Each knows the other by CENTRE_PEER. Who is still parted when the other one hangs up is let go, also while the central server is down;
 * not who is about to be fetched by somebody else, CENTRE_TAKEN.
 */
export const holdDialplan = `
; ---- on hold by order ------------------------------------------------------
[centre-held]
exten => waits,1,GosubIf($["\${CHANNEL(endpoint)}" != "trunk"]?centre-may-send,s,1)
 same => n,Set(CENTRE_TAKEN=)
 same => n,UserEvent(CentreHeld)
 same => n,MusicOnHold()
 same => n,Goto(centre-let-go,s,1)
exten => holds,1,Gosub(centre-may-send,s,1)
 same => n,Set(CENTRE_TAKEN=)
 same => n,UserEvent(CentreHeld)
 same => n,Wait(86400)
 same => n,Goto(centre-let-go,s,1)

; The one who waited fetches the phone that held.
exten => fetch,1,Set(CENTRE_FETCHED=\${CENTRE_PEER})
 same => n,Set(CENTRE_PEER=)
 same => n,Bridge(\${CENTRE_FETCHED})
 same => n,Goto(centre-let-go,s,1)
exten => h,1,GotoIf($["\${CENTRE_PEER}" = ""]?over)
 same => n,GotoIf($["\${IMPORT(\${CENTRE_PEER},CONTEXT)}" != "centre-held"]?over)
 same => n,Set(CENTRE_TAKER=\${IMPORT(\${CENTRE_PEER},CENTRE_TAKEN)})
 same => n,GotoIf($["\${CENTRE_TAKER}" = ""]?alone)
 same => n,GotoIf($["\${IMPORT(\${CENTRE_TAKER},UNIQUEID)}" != ""]?over)
 same => n(alone),Set(CENTRE_AT=\${IMPORT(\${CENTRE_PEER},EXTEN)})
 same => n,ExecIf($["\${CENTRE_AT}" = "waits" | "\${CENTRE_AT}" = "holds"]?ChannelRedirect(\${CENTRE_PEER},centre-let-go,s,1))
 same => n(over),NoOp()
`;
