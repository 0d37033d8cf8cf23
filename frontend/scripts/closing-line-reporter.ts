import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with `N passed, N failed` on a line of its own, which CI reads. A file that does not load counts as a failure. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
    }
    // After vitest's own summary.
    process.once('exit', () => console.log(`${String(passed)} passed, ${String(failed)} failed`));
  }
}
