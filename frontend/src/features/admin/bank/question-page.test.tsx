import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { BankQuestionDetail } from '@/api/types';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

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
  shipped: null,
  history: [],
};

const queries = createQueryClient();
queries.setDefaultOptions({ queries: { retry: false } });

function open(answers: Record<string, Reply> = {}): Call[] {
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
    ...answers,
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

const difference = (removed: string, added: string) => ({
  field: 'text',
  label: 'Question',
  parts: [
    { change: 'same' as const, text: 'Which habit would you ' },
    { change: 'removed' as const, text: removed },
    { change: 'added' as const, text: added },
  ],
});
const THEIRS = { ...QUESTION, version: 2, origin: 'edited' as const };
THEIRS.content = { ...QUESTION.content, text: 'Which habit would you give up?' };

test('what somebody else saved meanwhile is compared with what is in the form, and neither is lost', async () => {
  const user = userEvent.setup();
  let stored = QUESTION;
  open({
    'GET /api/bank/questions/own-habit': () => stored,
    'PUT /api/bank/questions/own-habit': () => {
      stored = THEIRS;
      return problem(409, 'bank-changed', {
        current: {
          version: 2,
          status: 'active',
          author: 'other@example.com',
          note: '',
          content: THEIRS.content,
        },
        differences: [difference('give up?', 'keep?')],
      });
    },
  });
  const save = await saveButton();
  const question = screen.getByLabelText<HTMLTextAreaElement>('Question');
  await user.clear(question);
  await user.type(question, 'Which habit would you keep?');
  await user.click(save);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('other@example.com saved version 2 meanwhile.');
  expect(alert.querySelector('del')?.textContent).toBe('give up?');
  expect(alert.querySelector('ins')?.textContent).toBe('keep?');
  expect(question.value).toBe('Which habit would you keep?');
  await user.click(screen.getByRole('button', { name: 'Take theirs' }));
  expect(question.value).toBe('Which habit would you give up?');
  expect(await screen.findByRole('button', { name: 'Save as version 3' })).toBeDefined();
});

test('what is taken from somebody who retired the question is retired', async () => {
  const user = userEvent.setup();
  let stored: BankQuestionDetail = QUESTION;
  open({
    'GET /api/bank/questions/own-habit': () => stored,
    'PUT /api/bank/questions/own-habit': () => {
      stored = { ...QUESTION, version: 2, status: 'retired' };
      return problem(409, 'bank-changed', {
        current: { version: 2, status: 'retired', author: null, note: '', content: QUESTION.content },
        differences: [difference('teach?', 'keep?')],
      });
    },
  });
  await user.type(await screen.findByLabelText('Question'), ' And why?');
  await user.click(await saveButton());
  await user.click(await screen.findByRole('button', { name: 'Take theirs' }));
  expect(await screen.findByText('Retired: no further interview asks it.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Ask it again' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Retire question' })).toBeNull();
});

test('the wording of the release is compared and taken with a reason', async () => {
  const user = userEvent.setup();
  const calls = open({
    'GET /api/bank/questions/own-habit': () => ({
      ...THEIRS,
      shipped: { label: null, differences: [difference('give up?', 'teach?')] },
    }),
    'POST /api/bank/questions/own-habit/restore': () => ({ ...QUESTION, version: 3 }),
  });
  expect((await screen.findByText(/not the wording this release ships/)).textContent).toBe(
    'What is in use is not the wording this release ships. They differ in 1 place.',
  );
  await user.type(screen.getByLabelText('Question'), ' And why?');
  await user.click(screen.getByRole('button', { name: 'Take the shipped wording' }));
  expect(screen.getByText('What you changed in the form and did not save is dropped.')).toBeDefined();
  await user.type(screen.getByLabelText('Reason, for the history'), 'It is clearer.');
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  expect(await screen.findByRole('button', { name: 'Save as version 4' })).toBeDefined();
  expect(screen.getByLabelText<HTMLTextAreaElement>('Question').value).toBe(QUESTION.content.text);
  expect(screen.queryByText(/not the wording this release ships/)).toBeNull();
  const sent = calls.find(({ path }) => path.endsWith('/restore'));
  expect(sent?.body).toEqual({ version: 2, to: 'shipped', note: 'It is clearer.' });
});

test('a move that came too late can be made on the version that came first', async () => {
  const user = userEvent.setup();
  let stored = QUESTION;
  const calls = open({
    'GET /api/bank/questions/own-habit': () => stored,
    'POST /api/bank/questions/own-habit/retire': ({ body }) => {
      if ((body as { version: number }).version === 2) return { ...THEIRS, version: 3, status: 'retired' };
      stored = THEIRS;
      return problem(409, 'bank-changed', { current: { version: 2, content: THEIRS.content } });
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Retire question' }));
  await user.type(screen.getByLabelText('Reason, for the history'), 'Nobody learns from it.');
  await user.click(screen.getByRole('button', { name: 'Retire' }));
  await screen.findByText('Save as version 3');
  await user.click(screen.getByRole('button', { name: 'Retire' }));
  expect(await screen.findByText('Retired: no further interview asks it.')).toBeDefined();
  expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(2);
});
