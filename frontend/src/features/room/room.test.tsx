import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { createQueryClient } from '@/api/query-client';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

import { CapturesProvider } from './captures/captures-provider';
import { Room } from './room';

const queries = createQueryClient();
const start = exampleInterview();
const second = exampleInterview({
  version: 6,
  current_question_id: 'q2',
  questions: [
    exampleQuestion(1, { status: 'submitted', text: 'Which bug taught you the most?' }),
    exampleQuestion(2, { status: 'asked', text: 'How do you decide what to test?' }),
  ],
});

function Stage() {
  const interview = useQuery(interviewQuery('i1')).data;
  const question = interview?.questions.find(({ id }) => id === interview.current_question_id);
  return interview === undefined || question === undefined ? (
    <p>over</p>
  ) : (
    <CapturesProvider interview={interview}>
      <Room key={question.id} interview={interview} question={question} />
    </CapturesProvider>
  );
}

function enter(table: Record<string, Reply>): Call[] {
  const calls = stubServer({
    'PUT /api/interviews/i1/questions/q1/draft': () => ({ revision: 1, saved_at: '2026-01-01T10:00:00Z' }),
    ...table,
  });
  queries.setQueryData(interviewQuery('i1').queryKey, start);
  const router = createMemoryRouter([
    { path: '/', Component: Stage },
    { path: '/home', element: <p>home</p> },
  ]);
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return calls;
}

const sheet = () => screen.getByLabelText<HTMLTextAreaElement>('Your answer');
const posts = (calls: Call[], end: string) =>
  calls.filter(({ method, path }) => method === 'POST' && path.endsWith(end));

beforeEach(() => {
  rememberCsrfToken('token');
  window.scrollTo = vi.fn();
});
afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
});

test('hands in once, however often it is pressed, and goes on with the next question', async () => {
  const user = userEvent.setup();
  let release: () => void = () => undefined;
  const calls = enter({
    'POST /api/interviews/i1/questions/q1/answers': () =>
      new Promise((resolve) => (release = () => resolve(second))),
  });
  await user.type(sheet(), 'The one with the time zones.');
  await user.click(screen.getByRole('button', { name: 'Hand in answer' }));
  await user.click(screen.getByRole('button', { name: 'Handing in…' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  act(() => release());

  await screen.findByRole('heading', { level: 1, name: 'How do you decide what to test?' });
  expect(posts(calls, '/answers')).toHaveLength(1);
  expect(posts(calls, '/answers')[0]?.body).toEqual({
    text: 'The one with the time zones.',
    source: 'typed',
  });
  expect(sheet().value).toBe('');
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
});

test('after a lost reply the same answer goes with the same key, a changed one with another', async () => {
  const user = userEvent.setup();
  const calls = enter({
    'POST /api/interviews/i1/questions/q1/answers': () => problem(503, 'service-unavailable'),
  });
  await user.type(sheet(), 'First.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(posts(calls, '/answers')).toHaveLength(2));
  expect(sheet().value).toBe('First.');
  await user.type(sheet(), ' More.');
  await user.keyboard('{Meta>}{Enter}{/Meta}');
  await waitFor(() => expect(posts(calls, '/answers')).toHaveLength(3));
  const keys = posts(calls, '/answers').map(({ headers }) => headers.get('Idempotency-Key'));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('an empty answer is not sent, and the sheet has the focus', async () => {
  const user = userEvent.setup();
  const calls = enter({});
  await user.type(sheet(), '   ');
  await user.click(screen.getByRole('button', { name: 'Hand in answer' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no answer yet');
  expect(posts(calls, '/answers')).toHaveLength(0);
  expect(document.activeElement).toBe(sheet());
});

test('skipping asks first', async () => {
  const user = userEvent.setup();
  const calls = enter({ 'POST /api/interviews/i1/questions/q1/skip': () => second });
  await user.click(screen.getByRole('button', { name: 'Skip' }));
  expect(posts(calls, '/skip')).toHaveLength(0);
  await user.click(await screen.findByRole('button', { name: 'Skip it' }));
  await screen.findByRole('heading', { level: 1, name: 'How do you decide what to test?' });
  expect(posts(calls, '/skip')).toHaveLength(1);
});

test('a draft that comes back with the question is there to go on with', async () => {
  const user = userEvent.setup();
  const calls = enter({});
  act(() => {
    queries.clear();
  });
  cleanup();
  const resumed = exampleInterview();
  const open = resumed.questions[0];
  if (open) open.draft = { text: 'Half of it', revision: 3, saved_at: '2026-01-01T10:00:00Z' };
  queries.setQueryData(interviewQuery('i1').queryKey, resumed);
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={createMemoryRouter([{ path: '/', Component: Stage }])} />
    </QueryClientProvider>,
  );
  expect(sheet().value).toBe('Half of it');
  await user.type(sheet(), ', and more');
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
    text: 'Half of it, and more',
    revision: 3,
  });
});

test('finishing early asks first and says what follows', async () => {
  const user = userEvent.setup();
  const calls = enter({
    'POST /api/interviews/i1/complete': () =>
      exampleInterview({ version: 9, status: 'completed', current_question_id: null }),
  });
  await user.click(screen.getByRole('button', { name: /^Leave/ }));
  expect((await screen.findByRole('dialog')).textContent).toContain('no answer has been handed in');
  await user.click(screen.getByRole('button', { name: 'Finish for good' }));
  await screen.findByText('over');
  expect(posts(calls, '/complete')).toHaveLength(1);
});
