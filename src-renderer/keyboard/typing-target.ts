/** Whether keys go into a text at the moment. Boxes to tick and sliders are inputs, but not for typing. */
export function isTypingTarget(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(element.type);
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable);
}
