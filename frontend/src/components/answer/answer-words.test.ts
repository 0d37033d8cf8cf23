import { expect, test } from 'vitest';

import { certainty, noticesOf, typeOfAnswer } from './answer-words';

const dimension = {
  id: 'structure',
  label: 'Structure',
  weight: 0.2,
  level: 4 as const,
  anchor: null,
  next_anchor: null,
  rationale: '',
  evidence: [],
  uncertainty: 'high' as const,
  rater_levels: [4 as const, 2 as const],
};

test('says how sure a level is, and names the second rater only where it differs', () => {
  expect(certainty(dimension)).toBe('Uncertain: a second rater gave level 2');
  expect(certainty({ ...dimension, uncertainty: 'low', rater_levels: [4, 4] })).toBe('Fairly certain');
  expect(certainty({ ...dimension, uncertainty: 'medium', rater_levels: [4] })).toBe('Somewhat uncertain');
});

test('says nothing of what nobody judged', () => {
  expect(certainty({ ...dimension, uncertainty: null, rater_levels: [] })).toBeNull();
  expect(typeOfAnswer({ answer_type: null })).toBeNull();
  expect(noticesOf({ notices: [], quotes_dropped: 0 })).toEqual([]);
});

test('names each notice, and counts the quotes that were left out', () => {
  const told = noticesOf({ notices: ['instruction_attempt_ignored'], quotes_dropped: 2 });
  expect(told).toHaveLength(2);
  expect(told[0]).toContain('no credit');
  expect(told[1]).toContain('2 quotes');
});
