/** RFC 5626 section 3.5.1 asks for an answer within 10 s; the badge and row 3 of the fault matrix want to know it sooner. */
const pingEveryMs = 5_000;
const askOtherwiseMs = 1_500;
const deadAfterMs = 4_000;

interface KeepAliveEdges {
  /** Sends the double CRLF of RFC 5626. */
  ping(): void;
  /** Not every server answers CRLF: asks with a request that every SIP server must answer. */
  askOtherwise(): void;
  /** Nothing came back: the connection is half open. */
  dead(): void;
}

/** Finds half-open connections: any frame counts as life, silence for 4 s after a ping does not. */
export class KeepAlive {
  readonly #edges: KeepAliveEdges;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(edges: KeepAliveEdges) {
    this.#edges = edges;
  }

  start(): void {
    this.#after(pingEveryMs, () => this.probe(deadAfterMs));
  }

  /** Something arrived. */
  alive(): void {
    this.stop();
    this.start();
  }

  /** Asks now, and says dead when nothing arrives within `answerMs`. */
  probe(answerMs: number): void {
    this.stop();
    this.#after(Math.min(askOtherwiseMs, answerMs / 4), () => this.#edges.askOtherwise());
    this.#after(answerMs, () => {
      this.stop();
      this.#edges.dead();
    });
    this.#edges.ping(); // last: the answer stops what was started here
  }

  stop(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }

  #after(ms: number, run: () => void): void {
    this.#timers.push(setTimeout(run, ms));
  }
}
