import { AppError, type ErrorCode } from '../../../src-shared/errors/app-error';
import type { JsSipSession, ReferSubscriber, SipResponse } from '../jssip/jssip-internals';

/** The centre answers a REFER at once; what takes longer than this is not under way. */
const answeredWithinMs = 4_000;
/** After 202 the centre says with NOTIFY that it has taken over, or that it has not. */
const toldWithinMs = 2_500;

/** Why a transfer did not begin, in our words. Pure. */
export function transferProblemOf(status: number | null): ErrorCode {
  if (status === 481) return 'transfer/colleague-gone';
  if (status === 486) return 'transfer/to-oneself';
  const isPassing = status === null || status === 408 || (status >= 500 && status < 600);
  return isPassing ? 'transfer/not-possible' : 'transfer/refused';
}

/** One dialog as Replaces names it (RFC 3891): its tags as the one who receives the header sees them. */
interface ReplacedDialog {
  readonly _request: { readonly call_id: string };
  readonly _to_tag: string | null;
  readonly _from_tag: string | null;
}

/** JsSIP would write the tags as they were at the INVITE, which is the wrong way round for a call that came to us. */
export function replacedDialog(consult: Pick<JsSipSession, '_dialog'>): ReplacedDialog {
  const id = consult._dialog?.id;
  if (id === undefined) throw new AppError('transfer/colleague-gone', 'the consultation has no dialog');
  return { _request: { call_id: id.call_id }, _to_tag: id.remote_tag, _from_tag: id.local_tag };
}

/**
 * Asks the centre to take the other party over (RFC 3515). Resolves with NOTIFY 2xx: from then on the centre answers for it.
 *
 * ```
 *  REFER ──► 202 ──► NOTIFY 100 ──► NOTIFY 200: taken over, our part ends
 *    │        └── nothing, or NOTIFY 4xx ──► rejected: nothing has changed
 *    └── 403, 405, 503, no answer ─────────►
 * ```
 * @param onLate the word came after all, when nobody waited for it any more: the party is not here, whatever was believed
 * @throws AppError `transfer/…`
 */
export function refer(
  session: JsSipSession,
  target: string,
  { consult, onLate }: { readonly consult?: JsSipSession; readonly onLate: () => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const settle = (act: () => void): void => {
      if (timer !== null) clearTimeout(timer);
      isSettled = true;
      act();
    };
    const fail = (code: ErrorCode, why: string): void => {
      if (!isSettled) settle(() => reject(new AppError(code, why)));
    };
    const wait = (ms: number, why: string): void => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => fail('transfer/no-word', why), ms);
    };
    wait(answeredWithinMs, 'no answer to REFER');
    // Whoever hangs up meanwhile: it is over, and that is told as the end of the call.
    const ended = (): void => fail('call/unknown', 'ended during the transfer');
    session.on('ended', ended);
    const subscriber: ReferSubscriber | false = session.refer(target, {
      ...(consult === undefined ? {} : { replaces: replacedDialog(consult) }),
      eventHandlers: {
        requestSucceeded: () => {
          if (!isSettled) wait(toldWithinMs, 'no NOTIFY after 202');
        },
        requestFailed: ({ response }: { readonly response: SipResponse | null }) =>
          fail(transferProblemOf(response?.status_code ?? null), `REFER: ${response?.status_code ?? 'no answer'}`),
        accepted: () => (isSettled ? onLate() : settle(resolve)),
        failed: ({ status_line }: { readonly status_line: { readonly status_code: number } }) =>
          fail(transferProblemOf(status_line.status_code), `NOTIFY ${status_line.status_code}`),
      },
    });
    if (subscriber === false) fail('call/not-allowed', 'not in a dialog');
  });
}
