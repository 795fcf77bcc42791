import { AppError } from '../../../../src-shared/errors/app-error';
import { type AmiConnection, AmiFailure } from './ami-connection';

/** An order that Asterisk cannot hear, or does not answer in time, is an expected failure. @throws AppError `telephony/unreachable` */
export async function orUnreachable<T>(work: Promise<T>, ami: Pick<AmiConnection, 'isConnected'>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AmiFailure && (error.isSilence || !ami.isConnected))
      throw new AppError('telephony/unreachable', error.message);
    throw error;
  }
}
