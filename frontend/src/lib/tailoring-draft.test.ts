import { beforeEach, expect, test } from 'vitest';

import { forgetTailoring, isTailored, keepTailoring, nothingBrought, readTailoring } from './tailoring-draft';

const draft = { jobDescription: 'Kafka', resume: 'Built a ledger', focus: ['ownership'], useHistory: true };

beforeEach(() => sessionStorage.clear());

test('a draft comes back after a reload, to the account it belongs to', () => {
  keepTailoring('u1', draft);
  expect(readTailoring('u1')).toEqual(draft);
});

test('another account finds nothing, and nothing is left for the first', () => {
  keepTailoring('u1', draft);
  expect(readTailoring('u2')).toEqual(nothingBrought);
  expect(sessionStorage).toHaveLength(0);
});

test('forgetting leaves nothing behind, and what cannot be read is no draft', () => {
  keepTailoring('u1', draft);
  forgetTailoring();
  expect(sessionStorage).toHaveLength(0);
  sessionStorage.setItem('ik-tailoring', '{"owner":');
  expect(readTailoring('u1')).toEqual(nothingBrought);
});

test('white space is nothing', () => {
  expect(isTailored({ ...nothingBrought, resume: ' \n' })).toBe(false);
  expect(isTailored({ ...nothingBrought, focus: ['ownership'] })).toBe(true);
});
