import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { AgentNotice } from '../../src-shared/ipc/agent-notices';

/** Two methods for every ask and every notice there will ever be; `ask` cannot leave its own namespace. */
contextBridge.exposeInMainWorld('agentBridge', {
  ask: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(`agent:${name}`, input),
  hear(listener: (notice: AgentNotice) => void): () => void {
    const relay = (_event: IpcRendererEvent, notice: AgentNotice): void => listener(notice);
    ipcRenderer.on('agent:notice', relay);
    return () => void ipcRenderer.off('agent:notice', relay);
  },
});
