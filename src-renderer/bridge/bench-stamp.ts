import { ask } from './ask';
import { failureFrom } from './failure-from';

/** Tells main when what was just rendered has really been painted: the first task after the frame. */
export function stampPainted(what: string): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      const at = performance.timeOrigin + performance.now();
      // A stamp that does not arrive costs a measurement, not a call: the agent is not told.
      ask('bench.painted', { what, at }).catch((error: unknown) => console.debug('stamp lost', failureFrom(error).code));
    };
    channel.port2.postMessage(null);
  });
}
