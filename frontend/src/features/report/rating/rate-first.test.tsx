import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { InterviewQuestion } from '@/api/types';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { problem, stubServer, type Reply } from '@/testing/server';

import { ratable, RateFirst } from './rate-first';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function answered(position: number, text: string): InterviewQuestion {
  return exampleQuestion(position, {
    status: 'submitted',
    text: `Question ${position}?`,
    answer: {
      id: `a${position}`,
      attempt: 1,
      text,
      source: 'typed',
      submitted_at: '2026-01-01T10:01:00Z',
      duration_s: 60,
      analysis: 'running',
      analysis_reason: null,
      transcript: null,
    },
  });
}

const interview = exampleInterview({
  status: 'completed',
  questions: [
    answered(1, 'I found the bug.'),
    answered(2, 'I asked why.'),
    exampleQuestion(3, { status: 'skipped' }),
  ],
});

function show(table: Record<string, Reply>) {
  rememberCsrfToken('csrf');
  const calls = stubServer(table);
  const queries = createQueryClient();
  const invalidated = vi.spyOn(queries, 'invalidateQueries');
  render(
    <QueryClientProvider client={queries}>
      <RateFirst interview={interview} questions={ratable(interview)} />
    </QueryClientProvider>,
  );
  const opened = () => invalidated.mock.calls.some(([filter]) => filter?.queryKey?.[0] === 'report');
  return { calls, opened };
}

const kept = { 'PUT /api/reports/i1/answers/*': () => new Response(null, { status: 204 }) };
const revealed = { 'POST /api/reports/i1/reveal': () => new Response(null, { status: 204 }) };
const ratingOf = (position: number, name: string) =>
  within(screen.getByRole('group', { name: `Your rating of the answer to question ${position}` })).getByRole(
    'radio',
    {
      name,
    },
  );

test('ratings are kept first, then the report is opened', async () => {
  const { calls, opened } = show({ ...kept, ...revealed });
  expect(screen.getAllByRole('group')).toHaveLength(2 + 2); // two answers, each with what was said folded in
  expect(screen.getByRole('button', { name: 'Show the report without ratings' })).toBeDefined();
  await userEvent.click(ratingOf(2, '2 developing'));
  await userEvent.click(ratingOf(2, '4 strong'));
  await userEvent.click(ratingOf(1, '5 exceptional'));
  expect(screen.getByRole('status').textContent).toBe('2 of 2 answers rated. A comparison needs two.');
  await userEvent.click(screen.getByRole('button', { name: 'Save and show the report' }));
  await waitFor(() => expect(opened()).toBe(true));
  const told = calls.map(({ method, path, body }) => [method, path, body]);
  expect(told.slice(0, 2)).toEqual(
    expect.arrayContaining([
      ['PUT', '/api/reports/i1/answers/a1/self-rating', { value: 5 }],
      ['PUT', '/api/reports/i1/answers/a2/self-rating', { value: 4 }],
    ]),
  );
  expect(told[2]).toEqual(['POST', '/api/reports/i1/reveal', null]);
});

test('one press skips, and no rating is sent', async () => {
  const { calls, opened } = show(revealed);
  await userEvent.click(screen.getByRole('button', { name: 'Skip this and show the report' }));
  await waitFor(() => expect(opened()).toBe(true));
  expect(calls.map(({ method }) => method)).toEqual(['POST']);
});

test('skipping that fails says so and can be tried again', async () => {
  let broken = true;
  const { opened } = show({
    'POST /api/reports/i1/reveal': () =>
      broken ? problem(503, 'service-unavailable') : new Response(null, { status: 204 }),
  });
  const skip = screen.getByRole('button', { name: 'Skip this and show the report' });
  await userEvent.click(skip);
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(opened()).toBe(false);
  broken = false;
  await userEvent.click(skip);
  await waitFor(() => expect(opened()).toBe(true));
});

test('a failure keeps what was chosen and does not open the report', async () => {
  const { calls, opened } = show({
    'PUT /api/reports/i1/answers/*': () => problem(503, 'service-unavailable'),
    ...revealed,
  });
  await userEvent.click(ratingOf(1, '3 solid'));
  await userEvent.click(screen.getByRole('button', { name: 'Save and show the report' }));
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(ratingOf(1, '3 solid')).toHaveProperty('checked', true);
  expect(opened()).toBe(false);
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
});

test('a report that was opened elsewhere is shown without further ratings', async () => {
  const { calls, opened } = show({
    'PUT /api/reports/i1/answers/*': () => problem(409, 'report-revealed'),
    ...revealed,
  });
  await userEvent.click(ratingOf(1, '3 solid'));
  await userEvent.click(screen.getByRole('button', { name: 'Save and show the report' }));
  await waitFor(() => expect(opened()).toBe(true));
  expect(calls.map(({ method }) => method)).toEqual(['PUT']);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('one answer, or an interview that was left, has nothing to compare', () => {
  expect(ratable(interview)).toHaveLength(2);
  expect(ratable({ ...interview, questions: interview.questions.slice(1) })).toEqual([]);
  expect(ratable({ ...interview, status: 'abandoned' })).toEqual([]);
});
