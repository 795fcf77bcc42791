import { Readable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { RecordingDetails, type RecordingDetailsNeeds } from '../../../../src-main/recordings/recording-details';
import type { Bytes } from '../../../../src-main/server-link/byte-client';
import { AppError } from '../../../../src-shared/errors/app-error';
import { QuietLogger } from '../../../fakes/quiet-logger';

/** The edges alone: the centre that answers when it is told to, and the sound that is asked for. */
function detailsOf(get: () => Promise<Bytes>) {
  const fill = vi.fn<() => Promise<void>>(async () => undefined);
  const needs = {
    rest: { call: async () => ({ recording: { id: 'r' }, notes: [], qa: null, maySetQa: false }) },
    bytes: { get },
    audio: { isHere: async () => false, fill },
    shelf: { isOpen: true, findPeaks: async () => null, keepPeaks: async () => undefined },
    owner: () => 'me',
    known: () => null,
    draft: () => null,
    heard: () => undefined,
    log: new QuietLogger(),
  } as unknown as RecordingDetailsNeeds;
  return { details: new RecordingDetails(needs), fill };
}
const aShape = (): Bytes => ({ body: Readable.from([Buffer.from('shape')]) }) as unknown as Bytes;

it('the sound of a recording comes after its shape, which is drawn first', async () => {
  const coming = Promise.withResolvers<Bytes>();
  const { details, fill } = detailsOf(() => coming.promise);
  const peaks = details.peaks('r', 'coarse');
  await details.open('r');
  await new Promise(done => setImmediate(done)); // whatever would have begun has begun
  expect(fill).not.toHaveBeenCalled();
  coming.resolve(aShape());
  expect(Buffer.from(await peaks).toString()).toBe('shape');
  await vi.waitUntil(() => fill.mock.calls.length === 1);
});

it('the sound comes also when there is no shape', async () => {
  const { details, fill } = detailsOf(() => Promise.reject(new AppError('recording/damaged')));
  await expect(details.peaks('r', 'coarse')).rejects.toMatchObject({ code: 'recording/damaged' });
  await details.open('r');
  await vi.waitUntil(() => fill.mock.calls.length === 1);
});
