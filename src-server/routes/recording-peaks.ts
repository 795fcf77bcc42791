import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors/app-error';
import { recordingPeaksPath } from '../../src-shared/server-api/record-routes';
import type { AgentDirectory } from '../agents/agent-directory';
import { scopeOf } from '../calls/record-scope';
import type { PeaksDesk } from '../recordings/peaks-desk';
import type { RecordingLibrary } from '../recordings/recording-library';
import type { RouteContext } from './answer-routes';

const params = z.object({ recordingId: z.string().regex(/^[\w-]{1,64}$/) });
const query = z.object({ zoom: z.enum(['fine', 'coarse']).default('coarse') });

export interface RecordingPeaksParts {
  readonly directory: AgentDirectory;
  readonly library: RecordingLibrary;
  readonly peaksDesk: PeaksDesk;
}

/** The shape of a recording, for whoever may hear it. Looking at it is not listening: it is not audited. */
export function answerRecordingPeaks(
  app: FastifyInstance,
  { directory, library, peaksDesk }: RecordingPeaksParts,
  contextOf: (request: FastifyRequest) => RouteContext,
): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { person } = contextOf(request).signedIn();
    const asked = params.safeParse(request.params);
    if (!asked.success) throw new AppError('not-found', 'no such recording');
    const how = query.safeParse(request.query);
    if (!how.success) throw new AppError('ipc/bad-input', 'no such zoom');
    const sound = await library.sound(asked.data.recordingId, scopeOf(person, directory));
    const isRead = library.reading(asked.data.recordingId);
    try {
      const bytes = await peaksDesk.peaksOf(sound.path, sound.sizeBytes, how.data.zoom);
      return await reply.header('content-type', 'application/octet-stream').send(bytes);
    } finally {
      isRead();
    }
  };
  app.get(recordingPeaksPath, { config: { access: 'signed-in' } }, handler);
}
