import type { Leg } from '../legs/leg';
import { Bridge } from '../media/bridge';
import type { AudioSource } from '../media/audio-frame';
import type { MediaClock } from '../media/media-clock';

/** From this many on it is a conference. */
const conferenceSize = 3;

/** Those who talk with each other. Knows who is held and when two have become a conference. */
export class Room {
  private readonly bridge: Bridge;
  private readonly members = new Set<Leg>();
  /** Those who were told that they are held. */
  private readonly held = new Set<Leg>();
  private hasConferred = false;

  constructor(
    clock: MediaClock,
    musicOnHold: () => AudioSource,
    private readonly onConference: (isOn: boolean) => void,
    private readonly onSpeaking: (legs: readonly Leg[]) => void,
  ) {
    this.bridge = new Bridge(clock, musicOnHold, speaking =>
      onSpeaking([...this.members].filter(leg => speaking.includes(leg))),
    );
  }

  /** First come first. */
  get everybody(): readonly Leg[] {
    return [...this.members];
  }

  has(leg: Leg): boolean {
    return this.members.has(leg);
  }

  join(leg: Leg): void {
    this.members.add(leg);
    this.bridge.join(leg);
    this.tellHeld();
    if (!this.hasConferred && this.members.size >= conferenceSize) this.confer(true);
  }

  leave(leg: Leg): void {
    this.held.delete(leg);
    this.bridge.leave(leg);
    this.members.delete(leg);
  }

  /** The leg goes to another room, where nobody holds it. */
  release(leg: Leg): void {
    if (this.held.has(leg)) leg.onPeerHold(false);
    this.leave(leg);
  }

  /** Somebody has left and the others go on. */
  goOn(): void {
    if (this.members.size < conferenceSize) this.close();
    this.tellHeld();
  }

  /** The conference, if it is one, is over. */
  close(): void {
    if (this.hasConferred) this.confer(false);
  }

  /** Who is alone with somebody who holds is held; in a larger room nobody is. */
  tellHeld(): void {
    for (const leg of this.members) {
      const [only, ...more] = this.everybody.filter(other => other !== leg);
      if (only === undefined) continue;
      const isHeld = more.length === 0 && only.isHolding;
      if (isHeld === this.held.has(leg)) continue;
      if (isHeld) this.held.add(leg);
      else this.held.delete(leg);
      leg.onPeerHold(isHeld);
    }
  }

  private confer(isOn: boolean): void {
    this.hasConferred = isOn;
    if (!isOn) this.onSpeaking([]);
    this.onConference(isOn);
  }
}
