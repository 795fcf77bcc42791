import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { peerFolder } from '../launch';

const require = createRequire(import.meta.url);

/** A site with one page that decodes this recording. */
export async function decodedPage(recording: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const library = require.resolve('wavesurfer.js').replace(/[^/\\]+$/, 'wavesurfer.esm.js');
  const server = createServer((request, response) => {
    if (request.url === '/recording.wav') {
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': statSync(recording).size });
      createReadStream(recording).pipe(response);
      return;
    }
    const isScript = request.url === '/wavesurfer.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(readFileSync(isScript ? library : join(peerFolder('decoded'), 'index.html')));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise(done => server.close(() => done())),
  };
}
