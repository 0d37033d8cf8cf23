import { expect, test } from 'vitest';

import {
  changed,
  dayOf,
  daysCrossed,
  filterCount,
  noFilters,
  readSearch,
  toQuery,
  writeSearch,
  type InterviewSearch,
} from './interview-search';
import { start } from './trail';

const plain: InterviewSearch = { ...noFilters, sort: '-created_at', trail: start };
const full: InterviewSearch = {
  q: 'Ada & co',
  candidate: '0190aaaa-0000-7000-8000-000000000001',
  role: 'backend-engineer',
  level: 'mid',
  status: 'completed',
  report: 'failed',
  from: '2026-03-01',
  to: '2026-03-31',
  sort: '-overall',
  trail: { page: 3, cursors: ['a', 'b'] },
};

test('the plain table has a plain address', () => {
  expect(readSearch(new URLSearchParams())).toEqual(plain);
  expect(writeSearch(plain).toString()).toBe('');
});

test('everything asked for survives the address', () => {
  const address = writeSearch(full).toString();
  expect(readSearch(new URLSearchParams(address))).toEqual(full);
});

test('what the API would refuse is left out', () => {
  const wrong = new URLSearchParams({
    q: ` ${'x'.repeat(150)} `,
    candidate: 'me',
    role: 'no role/',
    status: 'constructor',
    report: 'great',
    from: '2026-02-30',
    to: 'tomorrow',
    sort: 'name',
  });
  expect(readSearch(wrong)).toEqual({ ...plain, q: 'x'.repeat(100) });
});

test('a change of filter or order begins on the first page', () => {
  expect(changed(full, { status: null })).toEqual({ ...full, status: null, trail: start });
  expect(changed(full, { sort: 'candidate' })).toEqual({ ...full, sort: 'candidate', trail: start });
  expect(changed(full, noFilters)).toEqual({ ...plain, sort: '-overall' });
});

test('filters are counted, order and page are not', () => {
  expect(filterCount(full)).toBe(8);
  const elsewhere: InterviewSearch = { ...plain, sort: 'overall', trail: full.trail };
  expect(filterCount(elsewhere)).toBe(0);
});

test('asks the API for what is set, with days from midnight to midnight', () => {
  expect(toQuery(plain)).toEqual({ limit: 20, sort: '-created_at' });
  expect(toQuery(full)).toEqual({
    limit: 20,
    sort: '-overall',
    q: 'Ada & co',
    candidate_id: full.candidate,
    role_id: 'backend-engineer',
    level_id: 'mid',
    status: 'completed',
    report_status: 'failed',
    from: new Date(2026, 2, 1).toISOString(),
    to: new Date(2026, 3, 1).toISOString(),
    cursor: 'b',
  });
});

test('a last day is inside, even where it is the first', () => {
  const { from, to } = toQuery({ ...plain, from: '2026-12-31', to: '2026-12-31' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect(daysCrossed({ ...plain, from: '2026-12-31', to: '2026-12-31' })).toBe(false);
  expect(daysCrossed({ ...plain, from: '2026-12-31', to: '2026-12-30' })).toBe(true);
});

test.each([
  ['2024-02-29', '2024-02-29'],
  ['2023-02-29', null],
  ['0202-01-01', null],
  ['2026-1-1', null],
  ['', null],
])('reads the day %s as %s', (typed, day) => {
  expect(dayOf(typed)).toBe(day);
});
