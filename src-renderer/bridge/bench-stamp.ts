import { askAndTell } from './ask-and-tell';

/** Tells main when what was just rendered has really been painted: the first task after the frame. */
export function stampPainted(what: string): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      void askAndTell('bench.painted', { what, at: performance.timeOrigin + performance.now() });
    };
    channel.port2.postMessage(null);
  });
}
