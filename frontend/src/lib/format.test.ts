import { expect, test } from 'vitest';

import { aboutMinutes, countWords, duration, plural, stopwatch } from './format';

test('the stopwatch shows minutes and seconds, hours only when there are any', () => {
  expect([0, 9.9, 84, 600, 3725, -3].map(stopwatch)).toEqual([
    '0:00',
    '0:09',
    '1:24',
    '10:00',
    '1:02:05',
    '0:00',
  ]);
});

test('suggestions are rounded to half minutes', () => {
  expect([10, 60, 90, 150, 300].map(aboutMinutes)).toEqual([
    'half a minute',
    '1 minute',
    '1½ minutes',
    '2½ minutes',
    '5 minutes',
  ]);
});

test('durations are exact', () => {
  expect([0, 59.4, 60, 171, 3660].map(duration)).toEqual(['0 s', '59 s', '1 min', '2 min 51 s', '1 h 1 min']);
});

test('words are counted as a reader would', () => {
  expect(countWords('')).toBe(0);
  expect(countWords('  — … !  ')).toBe(0);
  expect(countWords("I didn't re-run it: 1,200 rows, 7.4% fewer.")).toBe(8);
  expect(countWords('Größe naïve 日本語 test')).toBe(4);
});

test('one is one and many are many', () => {
  expect([plural(1, 'answer'), plural(0, 'answer'), plural(1200, 'reply', 'replies')]).toEqual([
    '1 answer',
    '0 answers',
    '1,200 replies',
  ]);
});
