/** What was measured over one interval, as deltas between two reads of `getStats()`. */
export interface HeardInterval {
  readonly roundTripMs: number;
  /** Mean time in the jitter buffer. */
  readonly jitterBufferMs: number;
  /** Mean delay between decoding and loudspeaker. */
  readonly playoutMs: number;
  /** Speech in one packet. */
  readonly packetMs: number;
  /** What the codec looks ahead: 6.5 for Opus, 0 for G.711. */
  readonly lookAheadMs: number;
  /** Speech that had to be invented, in per cent of all samples; silence does not count. */
  readonly lossPercent: number;
  /** Mean length of one gap, in packets; 1 when losses are single. */
  readonly gapPackets: number;
}

export interface CodecImpairment {
  /** Ie of ITU-T G.113 appendix I. */
  readonly equipment: number;
  /** Bpl of ITU-T G.113 appendix I: how well the codec bears loss. */
  readonly lossRobustness: number;
}

/** G.711 with packet loss concealment, which Chromium always does. Opus has no figure of the ITU; it is taken on the same scale. */
const concealedG711: CodecImpairment = { equipment: 0, lossRobustness: 25.1 };

export interface HeardQuality {
  /** MOS-CQE estimate on the narrow-band scale, 1 to 4.41. */
  readonly mos: number;
  /** Transmission rating R, 0 to 93.2. */
  readonly rating: number;
  /** Mouth to ear. */
  readonly delayMs: number;
}

/**
 * E-model of ITU-T G.107 with its default values (R0 − Is = 93.2): what a person probably thinks of the sound.
 * Pure; golden table in its test.
 */
export function heardQuality(heard: HeardInterval, codec: CodecImpairment = concealedG711): HeardQuality {
  const delayMs = heard.roundTripMs / 2 + heard.jitterBufferMs + heard.packetMs + heard.lookAheadMs + heard.playoutMs;
  const loss = Math.min(100, Math.max(0, heard.lossPercent));
  const burstRatio = Math.max(1, heard.gapPackets * (1 - loss / 100));
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lossImpairment = codec.equipment + ((95 - codec.equipment) * loss) / (loss / burstRatio + codec.lossRobustness);
  const rating = 93.2 - delayImpairment - lossImpairment;
  return { mos: meanOpinion(rating), rating, delayMs };
}

/** ITU-T G.107 annex B. */
function meanOpinion(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}
