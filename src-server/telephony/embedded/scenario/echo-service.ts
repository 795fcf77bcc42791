import { VirtualLeg, type VirtualParty } from '../legs/virtual-leg';
import { frameMs, silence } from '../media/audio-frame';
import { SampleSource } from '../media/audio-sources';

/** Long enough that people tell the echo from their own voice. */
const delayFrames = 400 / frameMs;

/** Greets, then gives back what it hears. */
export class EchoService implements VirtualParty {
  readonly leg: VirtualLeg;
  private readonly greeting: SampleSource;
  private readonly kept: Int16Array[] = [];

  constructor(greeting: Int16Array) {
    this.greeting = new SampleSource(greeting);
    this.leg = new VirtualLeg(this);
  }

  pull(): Int16Array {
    if (!this.greeting.isOver) return this.greeting.pull();
    return this.kept.length >= delayFrames ? (this.kept.shift() ?? silence) : silence;
  }

  push(frame: Int16Array): void {
    if (this.greeting.isOver) this.kept.push(frame);
  }
}
