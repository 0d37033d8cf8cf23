export interface SustainedRule {
  /** How long it must last. */
  windowMs: number;
  /** In how many samples at least; at a slow pace a long time may hold very few. */
  samples: number;
  /** How many samples in a row may say otherwise before it begins anew. */
  forgiven: number;
  /** Two samples further apart than this are not bridged: nobody looked in between. */
  longestGapMs: number;
}

/** So many samples in a row that say otherwise end what has begun. */
const endsAfter = 3;

export type Change = 'began' | 'goes on' | 'ended' | null;

/**
 * Something that must last before it counts, and must be clearly over before it ends: single samples neither start nor stop it.
 */
export class Sustained {
  /** When it began, once it counts; null otherwise. */
  startedAt: number | null = null;
  /** The newest sample that agreed. */
  lastAt = 0;

  private firstAt: number | null = null;
  private previousAt: number | null = null;
  private agreeing = 0;
  private all = 0;
  private against = 0;
  private certainty = 0;
  private certain = 0;

  constructor(private readonly rule: SustainedRule) {}

  /**
   * How sure it is, 0 to 1: the share of samples since the beginning that agree, times the detector's mean confidence in those.
   * Where the detector has found nothing, it has no confidence to give, and the share stands alone.
   */
  get confidence(): number {
    const share = this.all === 0 ? 0 : this.agreeing / this.all;
    return share * (this.certain === 0 ? 1 : this.certainty / this.certain);
  }

  add(at: number, agrees: boolean, confidence: number | null): Change {
    const gap = this.previousAt !== null && at - this.previousAt > this.rule.longestGapMs;
    const interrupted = gap ? this.reset() : null;
    this.previousAt = at;
    if (agrees) {
      this.firstAt ??= at;
      this.lastAt = at;
      this.against = 0;
      this.agreeing += 1;
      this.all += 1;
      if (confidence !== null) {
        this.certainty += confidence;
        this.certain += 1;
      }
      if (interrupted) return interrupted;
      if (this.startedAt !== null) return 'goes on';
      if (at - this.firstAt < this.rule.windowMs || this.agreeing < this.rule.samples) return null;
      this.startedAt = this.firstAt;
      return 'began';
    }
    if (this.firstAt === null) return interrupted;
    this.against += 1;
    this.all += 1;
    const limit = this.startedAt === null ? this.rule.forgiven + 1 : endsAfter;
    return this.against >= limit ? this.reset() : interrupted;
  }

  /** Forget it; 'ended' when it had counted. `lastAt` stays. */
  reset(): Change {
    const counted = this.startedAt !== null;
    this.startedAt = this.firstAt = this.previousAt = null;
    this.agreeing = this.all = this.against = this.certainty = this.certain = 0;
    return counted ? 'ended' : null;
  }
}
