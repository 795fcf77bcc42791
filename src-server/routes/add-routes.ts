import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../src-shared/errors/app-error';
import type { Centre } from '../centre';
import { agentRoutes } from './agent-routes';
import { answerRoutes, type RouteContext } from './answer-routes';
import { callControlRoutes } from './call-control-routes';
import { callRecordRoutes } from './call-record-routes';
import { callRoutes } from './call-routes';
import { handOverRoutes } from './hand-over-routes';
import { openApiDocument } from './openapi-document';
import { queueRoutes } from './queue-routes';
import { answerRecordingAudio } from './recording-audio';
import { answerRecordingPeaks } from './recording-peaks';
import { recordingRoutes } from './recording-routes';
import { signInRoutes } from './sign-in-routes';
import { statisticsRoutes } from './statistics-routes';
import { wrapUpRoutes } from './wrap-up-routes';

/** Kept equal to package.json by a test. */
const serverVersion = '0.1.0';

/** Every route of the server but the demonstration's. */
export function addRoutes(app: FastifyInstance, centre: Centre): void {
  const { options, directory } = centre;
  const httpOrigin = (request: FastifyRequest): string =>
    options.publicUrl === null
      ? `${options.tls === null ? 'http' : 'https'}://${request.host}`
      : new URL(options.publicUrl).origin;
  const contextOf = (request: FastifyRequest): RouteContext => ({
    remoteAddress: request.ip,
    webSocketOrigin: httpOrigin(request).replace(/^http/, 'ws'),
    signedIn: () => {
      const person = request.session === null ? undefined : directory.person(request.session.personId);
      if (request.session === null || person === undefined) throw new AppError('sign-in/not-signed-in');
      return { session: request.session, person };
    },
  });
  const answers = {
    'server.info': async () => ({
      product: 'agent-softphone-server' as const,
      version: serverVersion,
      name: options.name,
      support: options.support,
      canResetPassword: centre.forgottenPasswords.canReset,
    }),
    ...signInRoutes(centre),
    ...agentRoutes(centre),
    ...callRoutes(centre),
    ...callControlRoutes(centre),
    ...handOverRoutes(centre),
    ...queueRoutes(centre),
    ...wrapUpRoutes(centre),
    ...statisticsRoutes(centre),
    ...callRecordRoutes(centre),
    ...recordingRoutes({ ...centre, onChanged: centre.tellRecordings }),
  };
  answerRoutes(app, answers, contextOf);
  answerRecordingAudio(app, centre, contextOf);
  answerRecordingPeaks(app, centre, contextOf);
  app.get('/openapi.json', { config: { access: 'public' } }, async () => openApiDocument(serverVersion));
}
