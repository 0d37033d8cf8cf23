import 'fake-indexeddb/auto';

import { onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { InterviewReport, Report } from '@/api/types';
import { exampleAnswer } from '@/features/report/example';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

import { Component } from './report';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
});

const questions = [1, 2].map((position) =>
  exampleQuestion(position, {
    status: 'submitted',
    text: `Question ${position}?`,
    answer: {
      id: `a${position}`,
      attempt: 1,
      text: exampleAnswer.text,
      source: 'typed',
      submitted_at: '2026-01-01T10:01:00Z',
      duration_s: 60,
      analysis: 'done',
      analysis_reason: null,
      transcript: null,
    },
  }),
);
const interview = exampleInterview({ status: 'completed', questions, report_status: 'done' });
const [answered] = questions;
if (answered === undefined) throw new Error('no question');
/** One answer has nothing to be rated against. */
const alone = { ...interview, questions: [answered, exampleQuestion(2, { status: 'skipped' })] };

const told: InterviewReport = {
  schema_version: 'interview-report/1',
  interview_id: 'i1',
  status: 'done',
  coverage: { planned: 2, answered: 2, scored: 2, not_scored: [] },
  overall: { score: null, why_not_shown: 'An overall figure needs at least 3 scored answers.' },
  competencies: [],
  priorities: [],
  kept_well: [],
  limits: [],
  created_at: '2026-01-01T10:05:00Z',
  rubric_versions: [],
  consistency: [],
  next_plan: [],
};
const whole: Report = {
  interview_id: 'i1',
  status: 'done',
  report: told,
  answers: questions.map(({ id, position }) => ({
    ...exampleAnswer,
    answer_id: `a${position}`,
    question: { ...exampleAnswer.question, id, position },
  })),
  attempts: [],
  revealed: true,
  revealed_at: '2026-01-01T10:06:00Z',
  calibration: null,
  trend: [],
  delivery_comparison: null,
};
/** What the server says of it before: who answered what, and that it waits. */
const waiting: Report = {
  ...whole,
  report: null,
  answers: whole.answers.map((answer) => ({
    ...answer,
    analysis: null,
    question: { ...answer.question, key_points: null },
  })),
  revealed: false,
  revealed_at: null,
};

/** A server that tells the report once it is revealed, from here or from elsewhere. */
function openPage(table: Record<string, Reply> = {}) {
  rememberCsrfToken('csrf');
  const server = { revealed: false };
  const calls = stubServer({
    'GET /api/session': () => ({ user: { id: 'u1', role: 'candidate' }, csrf_token: 'csrf' }),
    'GET /api/interviews/i1': () => interview,
    'GET /api/interviews/i1/recordings': () => [],
    'GET /api/interviews/i1/notices': () => [],
    'GET /api/interviews/i1/presence': () => problem(403, 'expression-not-offered'),
    'GET /api/reports/i1': () => (server.revealed ? whole : waiting),
    'POST /api/reports/i1/reveal': () => {
      server.revealed = true;
      return new Response(null, { status: 204 });
    },
    ...table,
  });
  const router = createMemoryRouter([{ path: '/interviews/:interviewId/report', Component }], {
    initialEntries: ['/interviews/i1/report'],
  });
  vi.stubGlobal('scrollTo', () => undefined);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { server, calls };
}

const reveals = (calls: Call[]) => calls.filter(({ path }) => path === '/api/reports/i1/reveal').length;
const step = () => screen.findByRole('heading', { name: 'Rate your own answers first' });
const report = () => screen.findByRole('heading', { level: 1, name: 'Your report' });
/** While it is loaded its title is there already. */
const loaded = () => screen.findByRole('button', { name: 'Save report' });
const skip = () => userEvent.click(screen.getByRole('button', { name: 'Skip this and show the report' }));

test('the whole report is there without a reload once it is asked for', async () => {
  openPage();
  await step();
  expect(screen.queryByText('Answer by answer')).toBeNull();
  await skip();
  await report();
  expect(screen.getByRole('button', { name: 'Save report' })).toBeDefined();
  expect(screen.getByText(/Evidence first/)).toBeDefined();
});

test('one answer that was read is no answer without a score while the end of the interview is not known', async () => {
  const { server } = openPage({
    'GET /api/interviews/i1': () => alone,
    'GET /api/reports/i1': () =>
      server.revealed ? whole : { ...waiting, answers: waiting.answers.slice(0, 1), status: 'pending' },
  });
  expect(await screen.findByText('Read')).toBeDefined();
  expect(screen.queryByText('Not scored')).toBeNull();
  expect(screen.queryByText('Improve this answer')).toBeNull();
  server.revealed = true;
  await report();
});

test('a report that was opened in another tab is there as soon as one comes back', async () => {
  const { server, calls } = openPage();
  await step();
  server.revealed = true;
  act(() => void window.dispatchEvent(new Event('visibilitychange')));
  await report();
  expect(reveals(calls)).toBe(0);
});

test('while its answers are rated, the report is asked about now and then', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { server, calls } = openPage();
  const reads = () =>
    calls.filter(({ method, path }) => method === 'GET' && path === '/api/reports/i1').length;
  await step();
  expect(reads()).toBe(1);
  await act(() => vi.advanceTimersByTimeAsync(25_000));
  expect(reads()).toBe(1);
  server.revealed = true; // in another window beside this one
  await act(() => vi.advanceTimersByTimeAsync(6000));
  await report();
  expect(reads()).toBe(2);
  expect(reveals(calls)).toBe(0);
});

test('a report with nothing to rate that nobody opened is asked for by the page', async () => {
  const { calls } = openPage({ 'GET /api/interviews/i1': () => ({ ...alone, report_revealed: true }) });
  await loaded();
  expect(reveals(calls)).toBe(1);
});

test('asking for a report with nothing to rate fails aloud and can be tried again', async () => {
  let broken = true;
  const { server, calls } = openPage({
    'GET /api/interviews/i1': () => ({ ...alone, report_revealed: true }),
    'POST /api/reports/i1/reveal': () => {
      if (broken) return problem(503, 'service-unavailable');
      server.revealed = true;
      return new Response(null, { status: 204 });
    },
  });
  await screen.findByRole('alert');
  expect(reveals(calls)).toBe(1);
  broken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await loaded();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('where the lists call an open report unopened, they are told once more', async () => {
  const { server, calls } = openPage({ 'GET /api/reports/i1': () => whole });
  await loaded();
  await waitFor(() => expect(reveals(calls)).toBe(1));
  expect(server.revealed).toBe(true);
});

test('an open report that everybody knows of is not asked for again', async () => {
  const { calls } = openPage({
    'GET /api/interviews/i1': () => ({ ...interview, report_revealed: true }),
    'GET /api/reports/i1': () => whole,
  });
  await loaded();
  expect(reveals(calls)).toBe(0);
});

test('nobody rates what the lists have told the figure of', async () => {
  const { calls } = openPage({ 'GET /api/interviews/i1': () => ({ ...interview, report_revealed: true }) });
  await loaded();
  expect(reveals(calls)).toBe(1);
  expect(screen.queryByText('Rate your own answers first')).toBeNull();
});

test('a report that was asked for while the network went is shown when it is back', async () => {
  const { server } = openPage({
    'POST /api/reports/i1/reveal': () => {
      server.revealed = true;
      onlineManager.setOnline(false);
      return new Response(null, { status: 204 });
    },
  });
  await step();
  await skip();
  await waitFor(() => expect(server.revealed).toBe(true));
  expect(screen.queryByRole('heading', { name: 'Your report' })).toBeNull();
  act(() => onlineManager.setOnline(true));
  await report();
});

test('a report that could not be read right after it was asked for comes by itself', async () => {
  let faults = 0;
  const { server } = openPage({
    'GET /api/reports/i1': () => {
      if (!server.revealed) return waiting;
      faults += 1;
      return faults === 1 ? problem(500, 'internal-error') : whole;
    },
  });
  await step();
  await skip();
  await report();
  expect(faults).toBeGreaterThan(1);
});
