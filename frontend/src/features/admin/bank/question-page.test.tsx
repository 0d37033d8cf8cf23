import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { BankQuestionDetail } from '@/api/types';
import { problem, stubServer, type Call } from '@/testing/server';

import { Component as QuestionPage } from './question-page';

const QUESTION: BankQuestionDetail = {
  content: {
    id: 'own-habit',
    kind: 'behavioural',
    difficulty: 3,
    competency: 'ownership',
    family: null,
    roles: [],
    text: 'Which habit would you teach a new colleague?',
    key_points: [1, 2, 3, 4].map((number) => ({
      id: `point-${number}`,
      text: `Says thing number ${number}.`,
      terms: ['one', 'two'],
    })),
    anchors: { weak: 'Names none.', solid: 'Names one.', strong: 'Names one and why.' },
    suggested_seconds: 120,
  },
  version: 1,
  status: 'active',
  origin: 'shipped',
  similar: [],
  history: [],
};

const queries = createQueryClient();
queries.setDefaultOptions({ queries: { retry: false } });

function open(): Call[] {
  const calls = stubServer({
    'GET /api/session': () => ({ user: { id: 'u1', role: 'admin' }, csrf_token: 'token' }),
    'GET /api/catalog': () => ({ families: [], roles: [], levels: [] }),
    'GET /api/bank/questions/own-habit': () => QUESTION,
    'PUT /api/bank/questions/own-habit': () =>
      problem(422, 'validation', {
        errors: [
          { loc: ['body', 'content', 'text'], msg: 'Write at least 8 characters.', type: 'string_too_short' },
          { loc: ['body', 'note'], msg: 'Write at least 3 characters.', type: 'string_too_short' },
        ],
      }),
    'POST /api/bank/questions/own-habit/retire': () =>
      problem(422, 'validation', {
        errors: [{ loc: ['body', 'note'], msg: 'Write at least 3 characters.', type: 'string_too_short' }],
      }),
  });
  const router = createMemoryRouter(
    [{ path: '/admin/bank/questions/:questionId', Component: QuestionPage }],
    {
      initialEntries: ['/admin/bank/questions/own-habit'],
    },
  );
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return calls;
}

const saveButton = () => screen.findByRole<HTMLButtonElement>('button', { name: 'Save as version 2' });

function reasonAt(field: HTMLElement): string {
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent.trim()).join(' ');
}

afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
});

test('a button that cannot be pressed says why', async () => {
  open();
  const save = await saveButton();
  expect(save.disabled).toBe(true);
  expect(reasonAt(save)).toBe('Nothing has changed yet, so there is nothing to save.');
});

test('with an empty question and a short reason Save can be pressed, and says at the fields what is missing', async () => {
  const user = userEvent.setup();
  open();
  const save = await saveButton();
  const question = screen.getByLabelText('Question');
  const reason = screen.getByLabelText('Reason for the change');
  await user.clear(question);
  await user.type(reason, 'no');
  expect(save.disabled).toBe(false);
  await user.click(save);
  await waitFor(() => expect(document.activeElement).toBe(question));
  expect(reasonAt(question)).toBe('Write at least 8 characters.');
  expect(reasonAt(reason)).toBe('Stands in the history. Write at least 3 characters.');
});

test('a dialog that asks why says what is wrong with the reason', async () => {
  const user = userEvent.setup();
  open();
  await user.click(await screen.findByRole('button', { name: 'Retire question' }));
  await user.click(screen.getByRole('button', { name: 'Retire' }));
  const reason = await screen.findByLabelText('Reason, for the history');
  await waitFor(() => expect(reasonAt(reason)).toBe('Write at least 3 characters.'));
});
