import type { ReportSummary } from '@/api/types';

export interface TrendPoint {
  id: string;
  at: string;
  role: string;
  value: number;
  low: number;
  high: number;
  band: string;
  /** The rubrics' versions changed since the point before: the two are not compared. */
  newRubric: boolean;
  /** It was for another level of experience than the point before: the two are not compared either. */
  newLevel: boolean;
}

/** Rubrics by their id with the major part of their version: "behavioural-2.1" is 2, "behavioural-edited-3.1" edited-3. */
function majors(versions: readonly string[]): Map<string, string> {
  return new Map(
    versions.flatMap((version) => {
      const [, id, major] = /^(.+?)-((?:edited-)?\d+)(?:\.\d+)*$/.exec(version) ?? [];
      return id === undefined || major === undefined ? [] : [[id, major] as const];
    }),
  );
}

/** Which reports, by id, come after a change of the meaning of a rubric's levels. Oldest first in, one after another. */
function changesIn(reports: readonly ReportSummary[]): Set<string> {
  const known = new Map<string, string>();
  const changed = new Set<string>();
  for (const report of reports)
    for (const [id, major] of majors(report.rubric_versions)) {
      const before = known.get(id);
      if (before !== undefined && before !== major) changed.add(report.interview_id);
      known.set(id, major);
    }
  return changed;
}

/** Which reports, by id, are for another level of experience than the one before. Oldest first in. */
function movesIn(reports: readonly ReportSummary[]): Set<string> {
  const moved = reports.filter(({ level }, at) => at > 0 && reports[at - 1]?.level.id !== level.id);
  return new Set(moved.map(({ interview_id: id }) => id));
}

function inOrder(reports: readonly ReportSummary[]): ReportSummary[] {
  return [...reports].sort((a, b) => Date.parse(a.completed_at) - Date.parse(b.completed_at));
}

/** Reports that have a figure, oldest first. One without a figure is not a point: it is counted, never drawn as zero. */
export function trendPoints(reports: readonly ReportSummary[]): TrendPoint[] {
  const scored = inOrder(reports).filter(({ overall }) => overall !== null);
  const changed = changesIn(scored);
  const moved = movesIn(scored);
  return scored.flatMap(({ interview_id: id, completed_at: at, role, overall }) =>
    overall === null
      ? []
      : [
          {
            id,
            at,
            role: role.title,
            value: overall.value,
            low: overall.low,
            high: overall.high,
            band: overall.band,
            newRubric: changed.has(id),
            newLevel: moved.has(id),
          },
        ],
  );
}

/**
 * What the points say, in words that claim no more than they can: ranges that overlap are "about the same".
 */
export function trendSentence(all: readonly TrendPoint[]): string {
  const cuts = all.map(({ newRubric, newLevel }) => newRubric || newLevel);
  const points = all.slice(Math.max(0, cuts.lastIndexOf(true)));
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined)
    return 'No interview has an overall figure yet: too few answers could be scored.';
  if (points.length === 1 && all.length > 1 && !last.newRubric)
    return 'Your latest interview is for another level of experience than the one before, so it is not compared with it.';
  if (points.length === 1 && all.length > 1)
    return 'Your latest interview is the first under a changed rubric, so it is not compared with those before.';
  if (points.length === 1) return 'One interview so far. A second one makes a comparison.';
  const before = points.slice(0, -1);
  const highest = Math.max(...before.map((point) => point.high));
  const mean = (of: (point: TrendPoint) => number) =>
    before.reduce((sum, point) => sum + of(point), 0) / before.length;
  if (last.low > highest)
    return 'Your latest interview is above every one before it, by more than the uncertainty.';
  if (last.low > mean(({ high }) => high)) return 'Your latest interview is above your average so far.';
  if (last.high < mean(({ low }) => low))
    return 'Your latest interview is below your average so far. One interview is not a trend.';
  return 'Your latest interview is about where the others are: the ranges overlap.';
}

interface Figure {
  value: number;
  band: string;
  level: string;
}

export interface CompetencyTrend {
  id: string;
  label: string;
  /** Oldest first. */
  values: { value: number; band: string }[];
  /** Figures from before a rubric changed are left out, and that is said. */
  newRubric: boolean;
  /** So are those for another level of experience than the latest. */
  newLevel: boolean;
}

/** The figures per competency over all reports, most practised first. */
export function competencyTrends(reports: readonly ReportSummary[]): CompetencyTrend[] {
  const found = new Map<string, { label: string; newRubric: boolean; figures: Figure[] }>();
  const ordered = inOrder(reports);
  const changed = changesIn(ordered);
  for (const report of ordered) {
    if (changed.has(report.interview_id))
      for (const trend of found.values()) [trend.figures, trend.newRubric] = [[], true];
    for (const { competency, score } of report.competencies) {
      const trend = found.get(competency.id) ?? { label: competency.label, newRubric: false, figures: [] };
      trend.figures.push({ value: score.value, band: score.band, level: report.level.id });
      found.set(competency.id, trend);
    }
  }
  return [...found]
    .map(([id, { label, newRubric, figures }]) => {
      const same = figures.filter(({ level }) => level === figures.at(-1)?.level);
      const values = same.map(({ value, band }) => ({ value, band }));
      return { id, label, newRubric, newLevel: same.length < figures.length, values };
    })
    .sort((a, b) => b.values.length - a.values.length || a.label.localeCompare(b.label));
}
