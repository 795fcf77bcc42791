import { AppError } from '../../src-shared/errors/app-error';
import { byteRangeOf } from '../../src-shared/recordings/byte-range';

/** What the protocol asks of the recordings. */
export interface RecordingBytes {
  sizeOf(id: string): Promise<number>;
  read(id: string, first: number, last: number): AsyncGenerator<Buffer>;
}

/** Only the agent window reads what is answered here; to any other page the browser hides it. */
const reader = 'app://agent';

/**
 * Answers the window's requests for sound, with ranges (RFC 9110 section 14), because a player that cannot ask for a part cannot seek.
 * `net.fetch` of a file would answer the whole.
 */
export function recordingProtocol(
  recordings: Promise<RecordingBytes>,
): (request: { readonly url: string; readonly headers: Headers }) => Promise<Response> {
  return async ({ url, headers }) => {
    const id = /^desk-recording:\/\/one\/([\w-]{1,64})(\?\d{1,9})?$/.exec(url)?.[1];
    const common = {
      'access-control-allow-origin': reader,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    if (id === undefined) return new Response(null, { status: 404, headers: common });
    try {
      const audio = await recordings;
      const size = await audio.sizeOf(id);
      const range = byteRangeOf(headers.get('range') ?? undefined, size);
      if (range.kind === 'unsatisfiable')
        return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${size}` } });
      const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, size - 1];
      return new Response(streamOf(audio.read(id, first, last)), {
        status: range.kind === 'part' ? 206 : 200,
        headers: {
          ...common,
          'content-type': 'audio/wav',
          'accept-ranges': 'bytes',
          'content-length': String(last - first + 1),
          ...(range.kind === 'part' ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
        },
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return new Response(null, { status: error.code === 'not-found' ? 404 : 503, headers: common });
    }
  };
}

/** Pulled piece by piece: nothing is read that the player does not want. */
function streamOf(pieces: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done === true) controller.close();
          else controller.enqueue(new Uint8Array(value));
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
