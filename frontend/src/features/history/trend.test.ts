import { expect, test } from 'vitest';

import type { ReportSummary } from '@/api/types';

import { competencyTrends, trendPoints, trendSentence } from './trend';

function report(
  at: string,
  value: number | null,
  competencies: string[] = [],
  versions: string[] = [],
): ReportSummary {
  const score =
    value === null
      ? null
      : {
          value,
          low: value - 0.3,
          high: value + 0.3,
          band: 'solid' as const,
          uncertainty: 'medium' as const,
          computed_by: 'test',
        };
  return {
    interview_id: at,
    role: { id: 'r', title: 'Role', family: 'f' },
    level: { id: 'l', label: 'Level' },
    completed_at: at,
    status: value === null ? 'insufficient' : 'done',
    revealed: true,
    overall: score,
    rubric_versions: versions,
    competencies:
      score === null
        ? []
        : competencies.map((id) => ({ competency: { id, label: id.toUpperCase() }, score })),
  };
}

test('points stand in the order of time, and a report without a figure is no point', () => {
  const points = trendPoints([report('2026-03-01', 3), report('2026-02-01', null), report('2026-01-01', 2)]);
  expect(points.map(({ value }) => value)).toEqual([2, 3]);
});

test('one point is no trend', () => {
  expect(trendSentence(trendPoints([report('2026-01-01', 2)]))).toBe(
    'One interview so far. A second one makes a comparison.',
  );
  expect(trendSentence([])).toContain('No interview');
});

test('claims a rise only beyond the uncertainty', () => {
  const claim = (...values: number[]) =>
    trendSentence(trendPoints(values.map((value, index) => report(`2026-01-0${index + 1}`, value))));
  expect(claim(2, 2.4)).toContain('about where the others are');
  expect(claim(2, 3)).toContain('above every one before it');
  expect(claim(2, 2.6, 3.1)).toContain('above your average');
  expect(claim(3.5, 2.5)).toContain('One interview is not a trend');
});

test('competencies keep their order of time, most practised first', () => {
  const trends = competencyTrends([report('2026-02-01', 3, ['b', 'a']), report('2026-01-01', 2, ['a'])]);
  expect(trends.map(({ id, values }) => [id, values.map(({ value }) => value)])).toEqual([
    ['a', [2, 3]],
    ['b', [3]],
  ]);
});

test('figures of different major versions of a rubric are marked and not compared', () => {
  const old = report('2026-01-01', 1.5, ['a'], ['behavioural-1', 'technical-1']);
  const same = report('2026-01-02', 2, ['a'], ['behavioural-1.4']);
  const changed = report('2026-01-03', 4.5, ['a'], ['behavioural-2']);
  const points = trendPoints([old, same, changed]);
  expect(points.map(({ newRubric }) => newRubric)).toEqual([false, false, true]);
  expect(trendSentence(points)).toContain('first under a changed rubric');
  const [trend] = competencyTrends([old, same, changed]);
  expect(trend).toMatchObject({ newRubric: true, values: [{ value: 4.5 }] });
});

test('a rubric that was edited is another one than the one shipped, under any number', () => {
  const shipped = report('2026-01-01', 1.5, ['a'], ['behavioural-2']);
  const edited = report('2026-01-02', 4.5, ['a'], ['behavioural-edited-3']);
  const worded = report('2026-01-03', 4.4, ['a'], ['behavioural-edited-3.1']);
  const later = report('2026-01-04', 2, ['a'], ['behavioural-3']);
  const points = trendPoints([shipped, edited, worded, later]);
  expect(points.map(({ newRubric }) => newRubric)).toEqual([false, true, false, true]);
});

test('figures for different levels of experience are marked and not compared', () => {
  const at = (day: number, value: number, level: string) => ({
    ...report(`2026-01-0${day}`, value, ['a'], ['behavioural-2']),
    level: { id: level, label: level },
  });
  const reports = [at(1, 1.5, 'mid'), at(2, 4.5, 'senior')];
  const points = trendPoints(reports);
  expect(points.map(({ newRubric, newLevel }) => [newRubric, newLevel])).toEqual([
    [false, false],
    [false, true],
  ]);
  expect(trendSentence(points)).toContain('for another level of experience than the one before');
  expect(competencyTrends(reports)[0]).toMatchObject({ newLevel: true, values: [{ value: 4.5 }] });
  // Back at the first level, the figures from there are beside each other again.
  const [back] = competencyTrends([...reports, at(3, 2, 'mid')]);
  expect(back).toMatchObject({ newRubric: false, newLevel: true, values: [{ value: 1.5 }, { value: 2 }] });
});
