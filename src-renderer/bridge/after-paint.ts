/**
 * Runs in the first task after the next frame has been painted. For whatever may wait until the agent sees the change:
 * the way from INVITE to picture is a figure we promise. @returns cancels it
 */
export function afterPaint(run: () => void): () => void {
  let channel: MessageChannel | null = null;
  const frame = requestAnimationFrame(() => {
    channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel?.port1.close();
      run();
    };
    channel.port2.postMessage(null);
  });
  return () => {
    cancelAnimationFrame(frame);
    channel?.port1.close();
  };
}
