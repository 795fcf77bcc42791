/** Everything together; what the server's WebSocket accepts as well. */
export const maxFrameBytes = 64 * 1024;
/** JsSIP's grammar takes quadratic time: one header of 60 kB costs 1.6 s, five of 3 kB some 50 ms. Real ones have a few hundred bytes. */
const maxHeaderCharacters = 3 * 1024;
const maxHeadCharacters = 16 * 1024;
const maxHeaders = 200;

/**
 * Is this frame small enough to be parsed without the phone noticing (fault matrix row 26)? Pure.
 * @returns what is wrong, or null
 */
export function frameProblem(frame: string): string | null {
  const bytes = frame.length > maxFrameBytes ? frame.length : new TextEncoder().encode(frame).length;
  if (bytes > maxFrameBytes) return `${bytes} bytes`;
  const headEnd = frame.indexOf('\r\n\r\n');
  const head = headEnd < 0 ? frame : frame.slice(0, headEnd);
  if (head.length > maxHeadCharacters) return `headers of ${head.length} characters`;
  // RFC 3261 section 7.3.1: a line that begins with a blank continues the one before.
  const headers = head.split(/\r\n(?![ \t])/);
  if (headers.length > maxHeaders) return `${headers.length} headers`;
  const longest = Math.max(...headers.map(({ length }) => length));
  return longest > maxHeaderCharacters ? `a header of ${longest} characters` : null;
}
