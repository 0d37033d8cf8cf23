import { expect, test } from 'vitest';

import { cursorOf, newer, older, readTrail, start, writeTrail, type Trail } from './trail';

function written(trail: Trail): URLSearchParams {
  const params = new URLSearchParams();
  writeTrail(params, trail);
  return params;
}

test('goes out and comes back the same way', () => {
  const third = older(older(start, 'a'), 'b');
  expect(third).toEqual({ page: 3, cursors: ['a', 'b'] });
  expect(cursorOf(third)).toBe('b');
  expect(cursorOf(newer(third))).toBe('a');
  expect(newer(newer(third))).toEqual(start);
  expect(newer(start)).toEqual(start);
  expect(cursorOf(start)).toBeUndefined();
});

test('survives the address', () => {
  const third = older(older(start, 'a'), 'b');
  expect(written(third).toString()).toBe('after=a&after=b');
  expect(readTrail(written(third))).toEqual(third);
  expect(written(start).toString()).toBe('');
});

test('drops the oldest cursors far out, and then leads back to the first page', () => {
  let trail = start;
  for (let page = 2; page <= 40; page += 1) trail = older(trail, `c${page}`);
  expect(trail.page).toBe(40);
  expect(trail.cursors).toHaveLength(25);
  expect(readTrail(written(trail))).toEqual(trail);
  for (let back = 0; back < 24; back += 1) trail = newer(trail);
  expect(trail).toEqual({ page: 16, cursors: ['c16'] });
  expect(newer(trail)).toEqual(start);
});

test.each([
  ['after=', 'an empty cursor'],
  ['after=a%20b', 'a space'],
  [`after=${'x'.repeat(513)}`, 'a cursor longer than any'],
  [Array.from({ length: 26 }, () => 'after=a').join('&'), 'too many cursors'],
  ['page=7', 'a page without a cursor'],
])('takes %s for the first page', (address) => {
  expect(readTrail(new URLSearchParams(address))).toEqual(start);
});

test('does not believe a page number that cannot be', () => {
  expect(readTrail(new URLSearchParams('after=a&after=b&page=2')).page).toBe(3);
  expect(readTrail(new URLSearchParams('after=a&page=x')).page).toBe(2);
  expect(readTrail(new URLSearchParams('after=a&page=1.5')).page).toBe(2);
});
