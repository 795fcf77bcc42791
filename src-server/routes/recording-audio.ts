import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { recordingAudioPath } from '../../src-shared/server-api/rest-routes';
import { appendAudit } from '../database/audit-table';
import { recordingForListener } from '../database/recording-table';
import type { WritableDb } from '../database/tables';
import { byteRangeOf } from '../../src-shared/recordings/byte-range';
import type { RouteContext } from './answer-routes';

const params = z.object({ recordingId: z.string().regex(/^[\w-]{1,64}$/) });

export interface RecordingAudioParts {
  readonly db: WritableDb;
  readonly recordingsFolder: string;
  readonly clock: Clock;
  readonly contextOf: (request: FastifyRequest) => RouteContext;
}

/** The bytes of a recording, whole or a range (RFC 9110 section 14). No byte leaves before the audit row is written. */
export function answerRecordingAudio(app: FastifyInstance, parts: RecordingAudioParts): void {
  const { db, recordingsFolder, clock, contextOf } = parts;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const context = contextOf(request);
    const { person } = context.signedIn();
    const asked = params.safeParse(request.params);
    const recording = asked.success
      ? await recordingForListener(db, asked.data.recordingId, {
          personId: person.id,
          hearsAll: person.role !== 'agent',
        })
      : null;
    if (recording === null) throw new AppError('not-found', 'no such recording');
    const path = join(recordingsFolder, basename(recording.file));
    const size = await sizeOf(path);
    const range = byteRangeOf(request.headers.range, size);
    reply.headers({ 'accept-ranges': 'bytes', 'content-type': 'audio/wav' });
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
      action: 'recording.listened',
      subject: recording.id,
      detail: `${first}-${last}`,
      remoteAddress: context.remoteAddress,
    });
    return reply.send(createReadStream(path, { start: first, end: last }));
  };
  // Both by hand: the HEAD that Fastify derives from a GET says it has no length.
  app.route({ method: ['GET', 'HEAD'], url: recordingAudioPath, config: { access: 'signed-in' }, handler });
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? new AppError('not-found', 'the recording has no file')
      : error;
  }
}
