import type { Baseline, Presence, Sample } from './types';

/** Counts one answer's expressions, only from frames that can be read. */
export class PresenceCounter {
  constructor(
    readonly startedAt: number,
    readonly earlier?: Presence,
  ) {}

  add(_sample: Sample, _baseline: Baseline | null): void {
    throw new Error('not yet');
  }

  /** Cumulative, so it may be sent again and again. */
  counts(_now: number): Presence {
    throw new Error('not yet');
  }
}
