import { toastForEnding } from '../toasts/toast-desk';
import type { Services } from './build-services';

export function connectToasts({ toasts, desk, appLine, audio, supervisor, signIn, links, wrapUp }: Services): void {
  desk.endings.hear(call => {
    const toast = toastForEnding(call);
    if (toast) toasts.show(toast.kind, toast.text, toast.params);
  });
  wrapUp.refusals.hear(({ code }) => toasts.show('error', { error: code }));
  links.refusals.hear(() => toasts.show('error', { error: 'link/refused' }));
  appLine.recoveries.hear(() => toasts.show('info', 'line-back'));
  audio.fallbacks.hear(name => toasts.show('warning', 'device-changed', name === null ? {} : { name }));
  supervisor.losses.hear(() => {
    if (signIn.agent) toasts.show('warning', 'engine-restarted');
  });
}
