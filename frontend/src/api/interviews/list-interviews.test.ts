import { focusManager, InfiniteQueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { InterviewSummary, Report } from '@/api/types';
import { stubServer } from '@/testing/server';

import { movingInterviewsQuery } from './list-interviews';

let stop: (() => void) | undefined;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  stop?.();
  focusManager.setFocused(undefined);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const opened: InterviewSummary = {
  id: 'i1',
  status: 'completed',
  role: { id: 'backend-engineer', title: 'Backend engineer', family: 'software-engineering' },
  level: { id: 'mid', label: 'Mid-level' },
  question_count: 2,
  answered: 2,
  created_at: '2026-01-01T10:00:00Z',
  completed_at: '2026-01-01T10:05:00Z',
  report_status: 'done',
  report_revealed: true,
  overall: null,
};

/** Show the list of one interview; returns how often it was asked for within so many seconds. */
async function asked(item: InterviewSummary, seconds: number, known?: Partial<Report>): Promise<number> {
  const calls = stubServer({ 'GET /api/interviews': () => ({ items: [item], next_cursor: null }) });
  const queries = createQueryClient();
  queries.mount();
  if (known !== undefined) queries.setQueryData(['report', item.id], known);
  const observer = new InfiniteQueryObserver(queries, movingInterviewsQuery(queries));
  const unsubscribe = observer.subscribe(() => undefined);
  stop = () => {
    unsubscribe();
    queries.unmount();
    queries.clear();
  };
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  return calls.length;
}

test.each<[string, Partial<InterviewSummary>, number]>([
  ['is in the making', { report_status: 'pending', report_revealed: false }, 13],
  ['waits to be opened', { report_revealed: false }, 3],
  ['is open', {}, 1],
  ['there is none', { report_status: 'none', report_revealed: false }, 1],
])('the list is asked for as often as a report needs it that %s', async (_, more, times) => {
  expect(await asked({ ...opened, ...more }, 61)).toBe(times);
});

test('the list hears soon of a report that was just opened', async () => {
  expect(await asked({ ...opened, report_revealed: false }, 11, { revealed: true })).toBe(3);
});

test('whoever comes back from another tab is told at once what was opened there', async () => {
  await asked({ ...opened, report_revealed: false }, 2);
  const calls = stubServer({ 'GET /api/interviews': () => ({ items: [opened], next_cursor: null }) });
  focusManager.setFocused(false);
  focusManager.setFocused(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toHaveLength(1);
});
