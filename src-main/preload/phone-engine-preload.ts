import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';

/** One way out, one way in. Main checks the sender and the shape of every report. */
contextBridge.exposeInMainWorld('engineBridge', {
  report: (report: EngineReport): void => ipcRenderer.send('engine:report', report),
  onCommand(listener: (envelope: unknown) => void): () => void {
    const relay = (_event: IpcRendererEvent, envelope: unknown): void => listener(envelope);
    ipcRenderer.on('engine:command', relay);
    return () => void ipcRenderer.off('engine:command', relay);
  },
});
