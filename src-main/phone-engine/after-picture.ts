/**
 * The agent's picture of a ringing call comes first (A1). What nobody waits for in that instant, but takes the processor away from it,
 * begins this much later: nobody hears or answers sooner.
 */
export const afterPictureMs = 30;
