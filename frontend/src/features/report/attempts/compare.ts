import type { ReportAnswer, Score } from '@/api/types';

export interface DimensionChange {
  id: string;
  label: string;
  before: number | null;
  after: number | null;
}

export interface Comparison {
  score: { before: Score; after: Score; words: string } | null;
  dimensions: DimensionChange[];
  gained: string[];
  lost: string[];
}

/** What two answers to one question differ in. Where ranges overlap there is no difference to speak of. */
export function compare(before: ReportAnswer, after: ReportAnswer): Comparison {
  const [one, other] = [before.analysis, after.analysis];
  const score =
    one?.score && other?.score
      ? { before: one.score, after: other.score, words: inWords(one.score, other.score) }
      : null;
  const levels = new Map(other?.dimensions.map(({ id, level }) => [id, level]));
  const covered = new Map(other?.key_points.map((point) => [point.id, point.covered]));
  // A point that only one of the two was read for is neither gained nor lost.
  const points = (one?.key_points ?? []).filter(({ id }) => covered.has(id));
  return {
    score,
    dimensions: (one?.dimensions ?? [])
      .filter(({ id }) => levels.has(id))
      .map(({ id, label, level }) => ({ id, label, before: level, after: levels.get(id) ?? null })),
    gained: points.filter(({ id, covered: had }) => !had && covered.get(id)).map(({ text }) => text),
    lost: points.filter(({ id, covered: had }) => had && !covered.get(id)).map(({ text }) => text),
  };
}

function inWords(before: Score, after: Score): string {
  if (before.low <= after.high && after.low <= before.high)
    return 'No clear difference: the ranges of the two scores overlap.';
  return after.value > before.value
    ? 'Higher: the ranges of the two scores do not overlap.'
    : 'Lower: the ranges of the two scores do not overlap.';
}
