import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import type { CommandEnvelope } from '../../src-shared/ipc/engine-commands';
import { engineOrigin } from '../windows/app-origins';

/**
 * Electron's side of the engine link. It is up before the services are: what the engine reports until then is kept,
 * in order, and handed over when they connect.
 */
export class EngineChannel {
  #engine: WebContents | null = null;
  #early: unknown[] = [];
  #receive: ((raw: unknown) => void) | null = null;

  constructor() {
    ipcMain.on('engine:report', (event: IpcMainEvent, raw: unknown) => {
      if (event.sender !== this.#engine || event.senderFrame?.origin !== engineOrigin) return;
      if (this.#receive) this.#receive(raw);
      else this.#early.push(raw);
    });
  }

  /** The window whose reports count from now on. */
  use(engine: WebContents): void {
    this.#engine = engine;
  }

  /** The services are there: what came early first, then everything as it comes. */
  connect(receive: (raw: unknown) => void): void {
    this.#receive = receive;
    const early = this.#early;
    this.#early = [];
    early.forEach(receive);
  }

  readonly send = (envelope: CommandEnvelope): void => {
    if (this.#engine && !this.#engine.isDestroyed()) this.#engine.send('engine:command', envelope);
  };
}
