import { z } from 'zod';
import { commandRunner } from './command-runner';
import { missingInternals } from './jssip/jssip-internals';
import { Phone } from './phone';
import type { Report } from './report';
import { logTo, messageOf } from './report';

declare global {
  interface Window {
    /** Made by the preload script. */
    readonly engineBridge: { report: Report; onCommand(listener: (envelope: unknown) => void): () => void };
  }
}

z.config({ jitless: true }); // the content security policy forbids eval

const { engineBridge } = window;
const report: Report = fact => engineBridge.report(fact);
const log = logTo(report);
window.addEventListener('error', event => log('error', `engine: ${event.message}`));
window.addEventListener('unhandledrejection', event => log('error', `engine: ${messageOf(event.reason)}`));

const missing = missingInternals();
if (missing.length > 0) log('error', `engine: this JsSIP lacks ${missing.join(', ')}; see phone-engine/README.md`);
const phone = new Phone(report);
engineBridge.onCommand(commandRunner(command => phone.run(command), report));
// The machine has a network again: no need to wait for the next attempt.
window.addEventListener('online', () => void phone.run({ type: 'line.probe' }));
report({ type: 'ready' });
