import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { AsteriskCentre } from './rig/asterisk-centre';
import type { BehaviourCentre, CentreOptions, EngineName } from './rig/behaviour-centre';
import { EmbeddedCentre } from './rig/embedded-centre';

export {
  type AtDesk,
  type BehaviourCentre,
  type CentreOptions,
  type Customer,
  anExtension,
  aQueue,
} from './rig/behaviour-centre';

/** Which engine this run is about: ENGINE=asterisk, or else the embedded one. */
export const engineName: EngineName = process.env['ENGINE'] === 'asterisk' ? 'asterisk' : 'embedded';

/** The first Asterisk on a machine is fetched from a Debian mirror. */
export const opensWithinMs = 180_000;

const newCentre = (options: CentreOptions, engine: EngineName): BehaviourCentre =>
  engine === 'asterisk' ? new AsteriskCentre(options) : new EmbeddedCentre(options);

/** A centre that the caller closes. */
export async function openCentre(options: CentreOptions = {}, engine = engineName): Promise<BehaviourCentre> {
  const centre = newCentre(options, engine);
  await centre.open();
  return centre;
}

/** Why this engine cannot run here, in a plain sentence; null where it can. */
export const whyNoEngine = (engine = engineName): string | null => (engine === 'asterisk' ? whyNoAsterisk() : null);

/** One centre for all tests of a file (or of a `describe`), cleared between them; where its engine cannot run they are skipped. */
export function useCentre(options: CentreOptions = {}): BehaviourCentre {
  const centre = newCentre(options, engineName);
  const reason = whyNoEngine();
  beforeAll(async () => {
    if (reason === null) await centre.open();
  }, opensWithinMs);
  beforeEach(({ skip }) => skip(reason !== null, reason ?? ''));
  afterEach(() => (reason === null ? centre.clear() : undefined));
  afterAll(() => centre.close());
  return centre;
}
