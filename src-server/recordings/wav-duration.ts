import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Length of a WAV by its size and the byte rate in its header (44 bytes, PCM or G.711); 0 when there is no such file. */
export async function wavDurationMs(folder: string, file: string): Promise<number> {
  let handle;
  try {
    handle = await open(join(folder, file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
  try {
    const header = Buffer.alloc(44);
    const { bytesRead } = await handle.read(header, 0, 44, 0);
    const byteRate = bytesRead === 44 ? header.readUInt32LE(28) : 0;
    const { size } = await handle.stat();
    return byteRate === 0 ? 0 : Math.round(((size - 44) * 1000) / byteRate);
  } finally {
    await handle.close();
  }
}
