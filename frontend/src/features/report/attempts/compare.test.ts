import { expect, test } from 'vitest';

import { exampleAnswer } from '@/features/report/example';
import type { ReportAnswer, Score } from '@/api/types';
import { compare } from './compare';

function answer(value: number | null, margin: number, points: Record<string, boolean> = {}): ReportAnswer {
  const { analysis } = exampleAnswer;
  if (analysis === null) throw new Error('the example is analysed');
  const score: Score | null =
    value === null
      ? null
      : {
          value,
          low: value - margin,
          high: value + margin,
          band: 'solid',
          uncertainty: 'medium',
          computed_by: 'test',
        };
  return {
    ...exampleAnswer,
    analysis: {
      ...analysis,
      score,
      key_points: Object.entries(points).map(([id, covered]) => ({ id, text: id, covered, evidence: [] })),
    },
  };
}

test('overlapping ranges are no clear difference, however the figures look', () => {
  expect(compare(answer(3, 0.6), answer(3.9, 0.6)).score?.words).toContain('No clear difference');
});

test('ranges apart are named higher or lower', () => {
  expect(compare(answer(2, 0.3), answer(4, 0.3)).score?.words).toMatch(/^Higher/);
  expect(compare(answer(4, 0.3), answer(2, 0.3)).score?.words).toMatch(/^Lower/);
});

test('without two scores nothing is compared', () => {
  expect(compare(answer(3, 0.3), answer(null, 0)).score).toBeNull();
  expect(compare(answer(3, 0.3), { ...answer(3, 0.3), analysis: null }).dimensions).toEqual([]);
});

test('key points are gained and lost only when both answers were read for them', () => {
  const found = compare(answer(3, 1, { a: true, b: false, c: true }), answer(3, 1, { a: false, b: true }));
  expect([found.gained, found.lost]).toEqual([['b'], ['a']]);
});
