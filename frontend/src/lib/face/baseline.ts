import type { Reading } from './reading';
import type { Baseline } from './types';

/** Around the middle value, degrees: a face that moves more is not resting. */
const steadyYaw = 8;
const steadyPitch = 10;
/** This share of all samples of the window must be one clear, steady face. */
const enough = 0.6;
/** A window with less in it says nothing, however long it lasted. */
const fewest = 8;

/**
 * Learns where this person's head rests when they look at the screen: the medians of yaw and pitch over the window. Not
 * accepted while the face is missing or unsteady for too much of it; then the window moves on.
 */
export class BaselineLearner {
  private seen: { at: number; yaw: number | null; pitch: number | null }[] = [];

  constructor(
    private readonly startedAt: number,
    private readonly windowMs: number,
  ) {}

  /** When the first verdict is due. */
  get until(): number {
    return this.startedAt + this.windowMs;
  }

  /** The baseline, or null while there is none to be had. */
  add(at: number, reading: Reading): Baseline | null {
    const face = reading.what === 'face' ? reading : null;
    this.seen.push({ at, yaw: face?.yaw ?? null, pitch: face?.pitch ?? null });
    this.seen = this.seen.filter((sample) => at - sample.at <= this.windowMs);
    if (at < this.until || this.seen.length < fewest) return null;
    const faces = this.seen.filter((sample) => sample.yaw !== null);
    if (faces.length === 0) return null;
    const yaw = median(faces.map((sample) => sample.yaw ?? 0));
    const pitch = median(faces.map((sample) => sample.pitch ?? 0));
    const steady = faces.filter(
      (sample) =>
        Math.abs((sample.yaw ?? 0) - yaw) <= steadyYaw &&
        Math.abs((sample.pitch ?? 0) - pitch) <= steadyPitch,
    );
    return steady.length >= enough * this.seen.length ? { yaw, pitch, at } : null;
  }
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
