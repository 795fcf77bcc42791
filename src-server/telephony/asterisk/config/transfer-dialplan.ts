import { insidePatterns, numberPatterns, shortestOutside } from './dialplan-numbers';

/** Sooner than people react to something new. */
export const handOverMs = 300;

/** Default of how long a target, or the sender of a transfer that failed, is rung. */
const ringSeconds = 20;

/** A waiting caller of ordinary priority has 0. */
const headOfQueue = 1000;

/** What the other end's last SIP status means for a transfer. */
const outcomes: readonly (readonly [status: string, outcome: string])[] = [
  ['403', 'forbidden'],
  ['404', 'not-found'],
  ['408', 'no-answer'],
  ['410', 'not-found'],
  ['480', 'unreachable'],
  ['484', 'not-found'],
  ['486', 'busy'],
  ['502', 'unreachable'],
  ['503', 'unreachable'],
  ['504', 'unreachable'],
  ['600', 'busy'],
  ['603', 'rejected'],
  ['604', 'not-found'],
  ['607', 'rejected'],
];
const outcomeLines = outcomes.map(([status, outcome]) => `exten => ${status},1,Return(${outcome})`).join('\n');

/**
 * Transfers by REFER, wholly in the dialplan: whoever is transferred gets through, or back to the sender, or to the head of a queue, also
 * while the central server is down. It hears music meanwhile. Of the sender only digits and the name of its channel, which Asterisk makes,
 * are used. What happens is told by the variable CENTRE_TRANSFER: `<id> <sender's channel> <target>`, and ` <outcome>` when it failed.
 */
export const transferDialplan = `
; ---- transfers -------------------------------------------------------------
[centre-transfer]
${numberPatterns('centre-transferred')}

; For who may not send calls outside: other numbers do not exist, so that Asterisk refuses them before anything has changed.
[centre-transfer-inside]
${insidePatterns('centre-transferred')}

[centre-transferred]
exten => _[+0-9]!,1,Set(CENTRE_SENDER=\${BLINDTRANSFER:6:-9})
 same => n,Set(CENTRE_TARGET=\${EXTEN})
 same => n,Set(CENTRE_TRANSFER=\${UUID()} \${BLINDTRANSFER} \${EXTEN})
 same => n,Set(CENTRE_OUTCOME=not-found)
 same => n,Set(CENTRE_RING=\${DB(centre-setting/transfer-ring)})
 same => n,ExecIf($["\${CENTRE_RING}" = ""]?Set(CENTRE_RING=${ringSeconds}))
 same => n,Set(_CENTRE_RETURNED=)
 same => n,Set(__CENTRE_QUEUE_NAME=)
 same => n,Set(__SIPREFERREDBYHDR=)
 same => n,Set(QUEUE_PRIO=0)
 same => n,HangupCauseClear()
 same => n,UserEvent(CentreTransfer)
 same => n,GotoIf($["\${DB(centre-extension/\${EXTEN})}" != ""]?extension)
 same => n,GotoIf($["\${DB(centre-queue/\${EXTEN})}" != ""]?queue)
 same => n,GotoIf($[\${LEN(\${EXTEN})} < ${shortestOutside}]?centre-return,s,1)
 same => n,GotoIf($["\${DB(centre-inside-only/\${CENTRE_SENDER})}" != ""]?forbidden)
 same => n,Dial(PJSIP/\${EXTEN}@trunk,\${CENTRE_RING},mb(centre-called^s^1))
 same => n,Gosub(centre-outcome,s,1(outside))
 same => n,Goto(centre-return,s,1)
 same => n(extension),Set(CENTRE_OUTCOME=busy)
 same => n,GotoIf($["\${EXTEN}" = "\${CENTRE_SENDER}"]?centre-return,s,1)
 same => n,Gosub(centre-has-call,\${EXTEN},1)
 same => n,GotoIf($["\${GOSUB_RETVAL}" = "yes"]?centre-return,s,1)
 same => n,Set(_CENTRE_TRANSFERRED_BY=\${CENTRE_SENDER})
 same => n,Dial(PJSIP/\${EXTEN},\${CENTRE_RING},mb(centre-offer^s^1))
 same => n,Gosub(centre-outcome,s,1(extension))
 same => n,Goto(centre-return,s,1)
 same => n(queue),Set(__CENTRE_QUEUE=\${DB(centre-queue/\${EXTEN})})
 same => n,Goto(centre-wait,s,1)
 same => n(forbidden),Set(CENTRE_OUTCOME=forbidden)
 same => n,Goto(centre-return,s,1)

; Who rang at the phone of CENTRE_SENT_BY, a channel that Asterisk named: as if that phone had taken the call and sent it here.
[centre-sent-on]
exten => _[+0-9]!,1,Answer()
 same => n,Set(BLINDTRANSFER=\${CENTRE_SENT_BY})
 same => n,Goto(centre-transferred,\${EXTEN},1)

; An attended transfer to somebody who still rang, and did not answer: this channel has taken the place of the sender's.
[centre-consulted]
exten => _[eo].,1,ExecIf($["\${CENTRE_OWN_CALL}" != ""]?Set(__CENTRE_CALL=\${CENTRE_OWN_CALL}))
 same => n,Set(CENTRE_SENDER=\${ATTENDEDTRANSFER:6:-9})
 same => n,Set(CENTRE_TARGET=\${CENTRE_DIALLED})
 same => n,Set(CENTRE_TRANSFER=\${UUID()} \${ATTENDEDTRANSFER} \${CENTRE_TARGET})
 same => n,Gosub(centre-outcome,s,1(\${EXTEN}))
 same => n,Goto(centre-return,s,1)

; Why nobody answered, into CENTRE_OUTCOME. ARG1 is the kind of target. Of the other end's words only three digits are taken.
[centre-outcome]
exten => s,1,Set(CENTRE_OUTCOME=failed)
 same => n,ExecIf($["\${DIALSTATUS}" = "NOANSWER"]?Set(CENTRE_OUTCOME=no-answer))
 same => n,ExecIf($["\${DIALSTATUS}" = "CHANUNAVAIL"]?Set(CENTRE_OUTCOME=unreachable))
 same => n,Set(CENTRE_STATUS=\${HANGUPCAUSE(\${HANGUPCAUSE_KEYS()},tech)})
 same => n,Set(CENTRE_STATUS=\${FILTER(0123456789,\${CENTRE_STATUS:4:3})})
 same => n,GotoIf($["\${CENTRE_STATUS}" = ""]?done)
 same => n,Gosub(centre-outcome-\${ARG1},\${CENTRE_STATUS},1)
 same => n,Set(CENTRE_OUTCOME=\${GOSUB_RETVAL})
 same => n(done),Return()

[centre-outcome-outside]
${outcomeLines}
exten => _[12]XX,1,Return(\${CENTRE_OUTCOME})
exten => 487,1,Return(\${CENTRE_OUTCOME})
exten => _X!,1,Return(failed)

; Agents' phones decline with 480 too.
[centre-outcome-extension]
exten => 480,1,Return(rejected)
include => centre-outcome-outside

; Back to the sender, or else to the head of the queue where it came from, or else of one of the sender's.
[centre-return]
exten => s,1,Set(CENTRE_TRANSFER=\${CENTRE_TRANSFER} \${CENTRE_OUTCOME})
 same => n,Set(_CENTRE_TRANSFERRED_BY=)
 same => n,Set(_CENTRE_RETURNED=\${CENTRE_OUTCOME}\\;to=\${CENTRE_TARGET})
 same => n,UserEvent(CentreTransfer)
 same => n(ring),Set(CENTRE_RING=\${DB(centre-setting/return-ring)})
 same => n,ExecIf($["\${CENTRE_RING}" = ""]?Set(CENTRE_RING=${ringSeconds}))
 same => n,Dial(PJSIP/\${CENTRE_SENDER},\${CENTRE_RING},mb(centre-offer^s^1))
 same => n(head),GotoIf($["\${CENTRE_QUEUE}" = ""]?other)
 same => n,GotoIf(\${QUEUE_EXISTS(\${CENTRE_QUEUE})}?queue)
 same => n(other),Set(__CENTRE_QUEUE=\${DB(centre-home-queue/\${CENTRE_SENDER})})
 same => n,GotoIf($["\${CENTRE_QUEUE}" != ""]?queue)
 same => n,UserEvent(CentreLost)
 same => n,Hangup(20)
 same => n(queue),Set(QUEUE_PRIO=${headOfQueue})
 same => n,Goto(centre-wait,s,1)

; The target of an attended transfer hung up in the same moment. Who it was the server says, a moment later.
[centre-handed-back]
exten => s,1,Set(CENTRE_SENDER=\${ATTENDEDTRANSFER:6:-9})
 same => n,Set(ATTENDEDTRANSFER=)
 same => n,ExecIf($["\${CENTRE_TARGET}" = ""]?Wait(0.2))
 same => n,Set(__CENTRE_QUEUE_NAME=)
 same => n,Set(_CENTRE_TRANSFERRED_BY=)
 same => n,Set(_CENTRE_RETURNED=rejected\\;to=\${CENTRE_TARGET})
 same => n,Goto(centre-return,s,ring)

; An attended transfer that the server orders for a phone that cannot: this party fetches the one whom the sender has asked. Should that one
; be gone, this party goes back to the sender, as when it hangs up in the same moment: who comes into a bridge loses ATTENDEDTRANSFER.
[centre-joined]
exten => s,1,StopMusicOnHold()
 same => n,GosubIf($["\${CHANNEL(endpoint)}" != "trunk"]?centre-may-send,s,1)
 same => n,Set(CENTRE_GIVEN_BY=\${ATTENDEDTRANSFER})
 same => n,Set(CENTRE_JOINED_AT=\${STRFTIME(,,%s%3q)})
 same => n,Bridge(\${CENTRE_PEER})
 same => n,ExecIf($[\${STRFTIME(,,%s%3q)} - \${CENTRE_JOINED_AT} < ${handOverMs}]?Set(ATTENDEDTRANSFER=\${CENTRE_GIVEN_BY}))
 same => n,Goto(centre-let-go,s,1)

; The phone of the agent CENTRE_SENDER is gone with whom this customer talked: the server sends the customer here.
[centre-deserted]
exten => s,1,Set(_CENTRE_TRANSFERRED_BY=)
 same => n,Set(_CENTRE_RETURNED=line-lost\\;to=\${CENTRE_SENDER})
 same => n,Goto(centre-return,s,head)
`;
