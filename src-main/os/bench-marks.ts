import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Performance stamps, one JSON object a line: `{mark, at, detail?}`, `at` in ms since the epoch with fractions. Off outside the bench. */
export class BenchMarks {
  constructor(private readonly file: string | null) {}

  mark(mark: string, detail?: string, at = performance.timeOrigin + performance.now()): void {
    if (this.file !== null)
      appendFileSync(this.file, `${JSON.stringify({ mark, at, ...(detail === undefined ? {} : { detail }) })}\n`);
  }
}
