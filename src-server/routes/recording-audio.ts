import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { byteRangeOf } from '../../src-shared/recordings/byte-range';
import { audioPurpose, recordingAudioPath } from '../../src-shared/server-api/record-routes';
import type { AgentDirectory } from '../agents/agent-directory';
import { scopeOf } from '../calls/record-scope';
import { appendAudit } from '../database/audit-table';
import type { WritableDb } from '../database/tables';
import type { RecordingLibrary, StoredSound } from '../recordings/recording-library';
import type { RouteContext } from './answer-routes';

const params = z.object({ recordingId: z.string().regex(/^[\w-]{1,64}$/) });
const query = z.object({ purpose: audioPurpose.default('listen') });

export interface RecordingAudioParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly library: RecordingLibrary;
  readonly clock: Clock;
}

/** The bytes of a recording, whole or a range (RFC 9110 sections 13 and 14). No byte leaves before the audit row is written. */
export function answerRecordingAudio(
  app: FastifyInstance,
  parts: RecordingAudioParts,
  contextOf: (request: FastifyRequest) => RouteContext,
): void {
  const { db, directory, library, clock } = parts;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context = contextOf(request);
    const { person } = context.signedIn();
    const asked = params.safeParse(request.params);
    if (!asked.success) throw new AppError('not-found', 'no such recording');
    const how = query.safeParse(request.query);
    if (!how.success) throw new AppError('ipc/bad-input', 'no such purpose');
    const { recordingId } = asked.data;
    const sound = await library.sound(recordingId, scopeOf(person, directory));
    const { sizeBytes: size, etag } = sound;
    reply.headers({ 'accept-ranges': 'bytes', 'content-type': 'audio/wav', etag });
    reply.header('last-modified', sound.changedAt.toUTCString());
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
    // A range is for GET alone (section 14.2), and only of what the asker already has a part of.
    const range = byteRangeOf(
      request.method === 'GET' && isSame(request, sound) ? request.headers.range : undefined,
      size,
    );
    if (range.kind === 'unsatisfiable')
      return reply
        .code(416)
        .headers({ 'content-range': `bytes */${size}`, 'content-length': 0 })
        .send();
    const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, size - 1];
    if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${first}-${last}/${size}`);
    reply.header('content-length', last - first + 1);
    if (request.method === 'HEAD') return reply.send();
    await appendAudit(db, {
      at: clock.now(),
      personId: person.id,
      action: how.data.purpose === 'download' ? 'recording.downloaded' : 'recording.listened',
      subject: recordingId,
      detail: `${first}-${last}`,
      remoteAddress: context.remoteAddress,
    });
    const isRead = library.reading(recordingId);
    const stream = createReadStream(sound.path, { start: first, end: last });
    stream.once('close', isRead);
    return reply.send(stream);
  };
  // Both by hand: the HEAD that Fastify derives from a GET says it has no length.
  app.route({ method: ['GET', 'HEAD'], url: recordingAudioPath, config: { access: 'signed-in' }, handler });
}

/** `If-Range` (section 13.1.5): by the entity tag, or by the very date we gave. */
function isSame(request: FastifyRequest, { etag, changedAt }: StoredSound): boolean {
  const given = request.headers['if-range'];
  if (given === undefined) return true;
  return typeof given === 'string' && (given.trim() === etag || given.trim() === changedAt.toUTCString());
}

function isKnown(given: string | undefined, etag: string): boolean {
  const tags = (given ?? '').split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
