// What a suite's JSON report says: how many tests passed, and of those that failed the name and the reason.
import fs from 'node:fs';

const read = file => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {});

export function vitestOutcome(file) {
  const report = read(file);
  const failures = (report.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter(test => test.status === 'failed');
    // A file that cannot even be loaded has no test to blame.
    if (tests.length === 0 && status === 'failed') return [{ name, reason: message ?? '' }];
    return tests.map(test => ({ name: `${name} › ${test.fullName}`, reason: (test.failureMessages ?? []).join('\n') }));
  });
  const { numPassedTests: passed = 0, numPendingTests: skipped = 0 } = report;
  return { counts: { passed, failed: Math.max(report.numFailedTests ?? 0, failures.length), skipped }, failures };
}

export function playwrightOutcome(file) {
  const { suites = [], errors = [], stats = {} } = read(file);
  const specs = suite => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const failures = suites
    .flatMap(specs)
    .filter(spec => !spec.ok)
    .map(spec => ({
      name: `${spec.file}:${spec.line} › ${spec.title}`,
      reason: resultsOf(spec)
        .flatMap(result => result.errors.map(messageOf))
        .join('\n'),
      said: resultsOf(spec).flatMap(saidDuring).join('\n'),
    }));
  const { expected: passed = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return {
    counts: { passed, failed: unexpected + flaky, skipped },
    failures: [...failures, ...errors.map(error => ({ name: 'outside any spec', reason: messageOf(error) }))],
  };
}

const resultsOf = spec => spec.tests.flatMap(test => test.results);

/** The end of what the central server and its PBX said. */
const saidDuring = ({ attachments = [] }) =>
  attachments
    .filter(({ name, body }) => name === 'centre output' && body !== undefined)
    .flatMap(({ body }) => Buffer.from(body, 'base64').toString('utf8').trimEnd().split('\n').slice(-80))
    .map(line => line.slice(0, 300));

const messageOf = ({ message, stack, snippet }) => [message ?? stack, snippet].filter(Boolean).join('\n');
