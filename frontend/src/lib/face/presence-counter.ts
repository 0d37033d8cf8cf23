import { degreesFrom, read } from './reading';
import { expressionNames, type Baseline, type Presence, type Sample } from './types';

/** Mean luminance below which the model finds anger and sorrow in a smile (benchmarks/face_monitor.py shows it). */
const bright = 0.12;

/**
 * Counts one answer's expressions. Readable is a frame with enough light, one clear face and an expression that stands
 * out; nothing is counted from others. Facing is counted only with a baseline, and then for the frames before it too, so that the two counts
 * are about the same frames.
 */
export class PresenceCounter {
  private readonly counted: Presence;
  private baseline: Baseline | null = null;
  private waiting: { yaw: number; pitch: number }[] = [];

  /** `earlier` is what was counted of this answer before a refresh. */
  constructor(
    private readonly startedAt: number,
    private readonly degrees: number,
    private readonly earlier?: Presence,
  ) {
    const none = Object.fromEntries(expressionNames.map((name) => [name, 0])) as Presence['expressions'];
    this.counted = earlier
      ? structuredClone(earlier)
      : { seconds: 0, samples: 0, readable: 0, facing: null, expressions: none };
  }

  add(sample: Sample, baseline: Baseline | null): void {
    this.counted.samples += 1;
    const reading = read(sample);
    if (reading.what !== 'face' || sample.expression === null || sample.brightness < bright) return;
    this.counted.readable += 1;
    this.counted.expressions[sample.expression] += 1;
    this.waiting.push({ yaw: reading.yaw, pitch: reading.pitch });
    this.baseline = baseline ?? this.baseline;
    this.settle();
  }

  /** Cumulative, so it may be sent again and again. */
  counts(now: number): Presence {
    const seconds = (this.earlier?.seconds ?? 0) + Math.max(0, now - this.startedAt) / 1000;
    return { ...structuredClone(this.counted), seconds: Math.round(seconds * 10) / 10 };
  }

  private settle(): void {
    const { baseline, counted } = this;
    // Frames counted before a refresh without a baseline can no longer be judged; then none are.
    if (!baseline || (this.earlier && this.earlier.readable > 0 && this.earlier.facing === null)) return;
    const facing = this.waiting.splice(0).filter((face) => degreesFrom(baseline, face) <= this.degrees);
    counted.facing = (counted.facing ?? 0) + facing.length;
  }
}
