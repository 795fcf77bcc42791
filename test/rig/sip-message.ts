/** A SIP message seen on the wire, and what somebody in the middle may say about it. */
export interface SipMessage {
  readonly startLine: string;
  /** A final answer to this request, as its server would give it (RFC 3261 section 8.2.6). */
  answeredWith(status: string): string;
  /** The CANCEL of this INVITE (RFC 3261 section 9.1), with a Reason (RFC 3326). */
  cancelled(reason: string): string;
}

export function sipMessage(text: string): SipMessage {
  const [startLine = '', ...lines] = (text.split('\r\n\r\n')[0] ?? '').split('\r\n');
  const header = (name: string): string[] => lines.filter(line => line.toLowerCase().startsWith(`${name}:`));
  const end = 'Content-Length: 0\r\n\r\n';
  return {
    startLine,
    answeredWith: status => {
      const to = header('to').map(line => (line.includes(';tag=') ? line : `${line};tag=in-the-middle`));
      return [
        `SIP/2.0 ${status}`,
        ...header('via'),
        ...header('from'),
        ...to,
        ...header('call-id'),
        ...header('cseq'),
        end,
      ].join('\r\n');
    },
    cancelled: reason => {
      const sequence = header('cseq').map(line => line.replace(/INVITE/, 'CANCEL'));
      const via = header('via').slice(0, 1);
      return [
        startLine.replace(/^INVITE/, 'CANCEL'),
        ...via,
        ...header('from'),
        ...header('to'),
        ...header('call-id'),
        ...sequence,
        `Reason: ${reason}`,
        end,
      ].join('\r\n');
    },
  };
}
