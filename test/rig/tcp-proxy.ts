import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before a TCP port and can be cut like a cable. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  /** How often somebody has come. */
  connections = 0;

  private constructor(private readonly server: Server) {}

  static async before(host: string, port: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', near => {
      proxy.connections++;
      if (proxy.isCut) return void near.destroy();
      const far = connect({ host, port });
      for (const socket of [near, far]) {
        socket.setNoDelay(true); // a cable does not wait for more to carry
        proxy.sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => (near.destroy(), far.destroy(), proxy.sockets.delete(socket)));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(closed => this.server.close(closed));
  }
}
