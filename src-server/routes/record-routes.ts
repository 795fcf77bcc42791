import { AppError } from '../../src-shared/errors/app-error';
import type { RouteAnswers } from './answer-routes';

type Name =
  | 'recordings.search'
  | 'recordings.changes'
  | 'recordings.one'
  | 'recordings.note'
  | 'recordings.note-delete'
  | 'recordings.qa'
  | 'recordings.downloads'
  | 'exports.begun';
const later = async (): Promise<never> => {
  throw new AppError('not-found', 'not answered by this server');
};

export const recordRoutes = (): Pick<RouteAnswers, Name> => ({
  'recordings.search': later,
  'recordings.changes': later,
  'recordings.one': later,
  'recordings.note': later,
  'recordings.note-delete': later,
  'recordings.qa': later,
  'recordings.downloads': later,
  'exports.begun': later,
});
