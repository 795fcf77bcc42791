import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { livePath } from '../../src-shared/server-api/live-messages';
import type { LiveHub } from '../live/live-hub';
import { sipPath, type Telephony } from '../telephony/telephony';
import { isHostAllowed, isOriginAllowed } from './origin-rules';

/** Sends each WebSocket to who speaks its language, by path. Everything else is refused before the handshake. */
export function routeUpgrades(
  server: Server,
  parts: { hub: LiveHub; telephony: Telephony; isLoopbackOnly: boolean },
): void {
  const { hub, telephony, isLoopbackOnly } = parts;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer may vanish in the middle of the handshake; that is its own affair.
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    if (!isHostAllowed(request.headers, isLoopbackOnly)) refuse(socket, '403 Forbidden');
    else if (path === sipPath && telephony.handleUpgrade !== undefined) telephony.handleUpgrade(request, socket, head);
    else if (path !== livePath) refuse(socket, '404 Not Found');
    else if (!isOriginAllowed(request.headers)) refuse(socket, '403 Forbidden');
    else hub.handleUpgrade(request, socket, head);
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
