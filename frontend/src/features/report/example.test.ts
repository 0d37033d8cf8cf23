import { expect, test } from 'vitest';

import { exampleAnswer } from './example';

test('the example quotes its own text', () => {
  const { strengths, gaps } = exampleAnswer.analysis ?? { strengths: [], gaps: [] };
  const quotes = [...strengths, ...gaps].map(({ evidence }) => evidence);
  expect(quotes).toHaveLength(3);
  for (const quote of quotes) expect(exampleAnswer.text.slice(quote?.start, quote?.end)).toBe(quote?.quote);
});
