import type { Baseline, DoubtReason, Sample } from './types';

/** What can be said about one sample. "Could not tell" is an answer of its own and never means that nobody is there. */
export type Reading =
  | { what: 'face'; confidence: number; yaw: number; pitch: number }
  | { what: 'several'; confidence: number }
  | { what: 'none' }
  | { what: 'doubt'; reason: DoubtReason };

/** Mean luminance below which nothing found means nothing. */
const dark = 0.06;
/** A face of which the detector is less sure than this is not relied on. */
const sure = 0.5;
/** Share of the frame's height below which angles are noise. */
const small = 0.15;

export function read(sample: Sample): Reading {
  const { faces, confidence, yaw, pitch, size } = sample;
  const unsure = (confidence ?? 0) < sure;
  if (faces === 0) {
    if (sample.brightness < dark) return { what: 'doubt', reason: 'too_dark' };
    return sample.doubtful > 0 ? { what: 'doubt', reason: 'covered' } : { what: 'none' };
  }
  if (unsure) return { what: 'doubt', reason: sample.brightness < dark ? 'too_dark' : 'unsure' };
  if (faces > 1) return { what: 'several', confidence: confidence ?? 0 };
  if (sample.cut) return { what: 'doubt', reason: 'cut_off' };
  if (size === null || size < small) return { what: 'doubt', reason: 'too_small' };
  if (yaw === null || pitch === null) return { what: 'doubt', reason: 'unsure' };
  return { what: 'face', confidence: confidence ?? 0, yaw, pitch };
}

/**
 * How far a head is turned from where it rests, in degrees. Up and down counts two thirds: a glance at the keyboard is part
 * of answering, a head bent over the lap is not.
 */
export function degreesFrom(baseline: Baseline, face: { yaw: number; pitch: number }): number {
  return Math.max(Math.abs(face.yaw - baseline.yaw), (Math.abs(face.pitch - baseline.pitch) * 2) / 3);
}
