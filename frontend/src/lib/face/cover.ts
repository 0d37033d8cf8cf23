import type { Reading } from './reading';

/** How long something in front of a face explains that no face is found, ms. */
const believed = 10_000;

/**
 * Remembers that the face was being covered when it was lost. A hand over the whole face leaves the detector nothing at
 * all, but on its way there it half covers the face, and that is seen; a person who leaves crosses the edge instead. So after
 * a covered face was last seen "nothing found" reads as "covered" for ten seconds, and only then as "no face".
 */
export class Cover {
  private coveredAt: number | null = null;

  read(at: number, reading: Reading): Reading {
    if (reading.what === 'doubt' && (reading.reason === 'covered' || reading.reason === 'unsure')) {
      this.coveredAt = at;
    } else if (reading.what !== 'none') {
      this.coveredAt = null;
    } else if (this.coveredAt !== null && at - this.coveredAt < believed) {
      return { what: 'doubt', reason: 'covered' };
    }
    return reading;
  }
}
