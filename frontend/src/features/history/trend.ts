import type { ReportSummary } from '@/api/types';

export interface TrendPoint {
  id: string;
  at: string;
  role: string;
  value: number;
  low: number;
  high: number;
  band: string;
}

/** Reports that have a figure, oldest first. One without a figure is not a point: it is counted, never drawn as zero. */
export function trendPoints(reports: readonly ReportSummary[]): TrendPoint[] {
  return reports
    .flatMap((report) =>
      report.overall === null
        ? []
        : [
            {
              id: report.interview_id,
              at: report.completed_at,
              role: report.role.title,
              value: report.overall.value,
              low: report.overall.low,
              high: report.overall.high,
              band: report.overall.band,
            },
          ],
    )
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * What the points say, in words that claim no more than they can: ranges that overlap are "about the same".
 */
export function trendSentence(points: readonly TrendPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined)
    return 'No interview has an overall figure yet: too few answers could be scored.';
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

export interface CompetencyTrend {
  id: string;
  label: string;
  /** Oldest first. */
  values: { value: number; band: string }[];
}

/** The figures per competency over all reports, most practised first. */
export function competencyTrends(reports: readonly ReportSummary[]): CompetencyTrend[] {
  const found = new Map<string, CompetencyTrend>();
  const ordered = [...reports].sort((a, b) => Date.parse(a.completed_at) - Date.parse(b.completed_at));
  for (const report of ordered)
    for (const { competency, score } of report.competencies) {
      const trend = found.get(competency.id) ?? { id: competency.id, label: competency.label, values: [] };
      trend.values.push({ value: score.value, band: score.band });
      found.set(competency.id, trend);
    }
  return [...found.values()].sort(
    (a, b) => b.values.length - a.values.length || a.label.localeCompare(b.label),
  );
}
