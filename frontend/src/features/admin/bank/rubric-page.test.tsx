import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { BankRubricBody, BankRubricDetail } from '@/api/types';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

import { Component as RubricPage } from './rubric-page';

type Dimension = BankRubricBody['dimensions'][number];
type Own = NonNullable<Dimension['by_level']>;

const LEVELS = [
  { id: 'intern', label: 'Intern' },
  { id: 'mid', label: 'Mid-level' },
  { id: 'senior', label: 'Senior' },
];
const five = (of: string) => [1, 2, 3, 4, 5].map((level) => `${of} at ${level}.`) as Dimension['anchors'];

function dimension(id: string, label: string, own: Own = {}): Dimension {
  return { id, label, weight: 0.5, description: `How ${id} shows.`, anchors: five(label), by_level: own };
}

function rubric(own: Own = {}, version = 1): BankRubricDetail {
  return {
    content: {
      id: 'behavioural',
      version: `behavioural-${version + 1}`,
      label: 'Behavioural',
      dimensions: [dimension('ownership', 'Ownership', own), dimension('structure', 'Structure')],
      expectations: LEVELS.map(({ id }) => ({ level: id, text: `A 3 shows what ${id} asks for.` })),
    },
    version,
    shipped: null,
    history: [],
  };
}

const SENIOR: Own = { senior: { anchors: five('Answering for others') } };

const queries = createQueryClient();
queries.setDefaultOptions({ queries: { retry: false } });

function open(shown: BankRubricDetail, save: Reply = () => problem(500, 'internal')): Call[] {
  const calls = stubServer({
    'GET /api/session': () => ({ user: { id: 'u1', role: 'admin' }, csrf_token: 'token' }),
    'GET /api/bank/rubrics/behavioural': () => shown,
    'PUT /api/bank/rubrics/behavioural': save,
    'POST /api/bank/rubrics/behavioural/restore': () => ({ ...shown, version: 2, shipped: null }),
    'GET /api/catalog': () => ({
      families: [],
      roles: [],
      competencies: [],
      levels: LEVELS.map((level) => ({ ...level, years: '', expectation: '' })),
      engine: { provider: 'offline', model: null, label: '' },
      question_count: { min: 3, max: 10, default: 5 },
    }),
  });
  const router = createMemoryRouter([{ path: '/admin/bank/rubrics/:rubricId', Component: RubricPage }], {
    initialEntries: ['/admin/bank/rubrics/behavioural'],
  });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return calls;
}

const group = async (name = 'Ownership') => within(await screen.findByRole('group', { name }));
const choice = async (name: RegExp) => (await group()).findByRole('radio', { name });
const sentence = (label: string) => screen.getByLabelText<HTMLTextAreaElement>(label);
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save as a new version' });
const sent = (calls: Call[]) =>
  calls.filter(({ method }) => method === 'PUT').map(({ body }) => body as { content: BankRubricBody });

afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
});

test('shows the common sentences first, and says who they are for', async () => {
  open(rubric(SENIOR));
  const ownership = await group();
  expect((await choice(/^Everyone/)).matches(':checked')).toBe(true);
  expect(sentence('Ownership, level 4').value).toBe('Ownership at 4.');
  expect(ownership.getByText(/^Used for/).textContent).toBe(
    'Used for intern and mid-level; the others have their own wording.',
  );
  expect(await choice(/^Senior\s*own wording$/)).toBeDefined();
  expect(await choice(/^Mid-level$/)).toBeDefined();
  expect((await group('Structure')).getByText('Used at every level of experience.')).toBeDefined();
});

test('arrow keys go from one level of experience to the next', async () => {
  const user = userEvent.setup();
  open(rubric(SENIOR));
  await user.click(await choice(/^Mid-level/));
  expect((await group()).getByText('Uses the common wording:')).toBeDefined();
  expect((await group()).getByText('Ownership at 5.')).toBeDefined();
  await user.keyboard('{ArrowDown}');
  expect(sentence('Ownership, level 1, for senior').value).toBe('Answering for others at 1.');
});

test('own anchors begin with the common ones, are saved with the rest, and leave the others alone', async () => {
  const user = userEvent.setup();
  const calls = open(rubric(SENIOR), ({ body }) => {
    const { content } = body as { content: BankRubricBody };
    return { ...rubric({}, 2), content: { ...rubric({}, 2).content, ...content } };
  });
  await user.click(await choice(/^Intern/));
  await user.click(screen.getByRole('button', { name: 'Write own anchors for intern in ownership' }));
  const first = sentence('Ownership, level 1, for intern');
  expect(document.activeElement).toBe(first);
  expect(first.value).toBe('Ownership at 1.');
  await user.clear(first);
  await user.type(first, 'Others did all of it.');
  expect(screen.getByText(/own anchors came or went/)).toBeDefined();
  await user.type(screen.getByLabelText('Reason for the change'), 'Interns do less.');
  await user.click(saveButton());
  await screen.findByText('Saved as behavioural-3.');
  const [body] = sent(calls);
  const [ownership] = body?.content.dimensions ?? [];
  const kept = five('Ownership');
  expect(ownership?.by_level).toEqual({
    intern: { anchors: ['Others did all of it.', ...kept.slice(1)] },
    ...SENIOR,
  });
  expect(ownership?.anchors).toEqual(kept);
  expect(sentence('Ownership, level 1, for intern').value).toBe('Others did all of it.');
});

test('the common wording is one press away, and so is the way back', async () => {
  const user = userEvent.setup();
  open(rubric({ intern: { anchors: five('Helping') }, ...SENIOR }));
  await user.click(await choice(/^Intern/));
  await user.type(sentence('Ownership, level 2, for intern'), ' Typed.');
  await user.click(screen.getByRole('button', { name: 'Use the common wording for intern in ownership' }));
  const back = screen.getByRole('button', { name: 'Take the own anchors back for intern in ownership' });
  expect(document.activeElement).toBe(back);
  expect(await choice(/^Intern$/)).toBeDefined();
  await user.click(back);
  const second = sentence('Ownership, level 2, for intern');
  expect(second.value).toBe('Helping at 2. Typed.');
  await user.clear(second);
  await user.type(second, 'Helping at 2.');
  // What stood there stands there again, in whatever order it came: there is nothing to save.
  await user.type(screen.getByLabelText('Reason for the change'), 'None at all.');
  expect(saveButton().disabled).toBe(true);
});

test('what the server refuses is brought to sight and stands at its field', async () => {
  const user = userEvent.setup();
  const place = (...rest: (string | number)[]) => ['body', 'content', 'dimensions', 0, 'by_level', ...rest];
  open(rubric({ intern: { anchors: five('Helping') }, ...SENIOR }), () =>
    problem(422, 'validation', {
      errors: [
        {
          loc: place('senior', 'anchors', 4),
          msg: 'each level needs a sentence of its own',
          type: 'refused',
        },
        { loc: place('intern'), msg: 'these are the common sentences', type: 'refused' },
      ],
    }),
  );
  await user.click(await choice(/^Senior/));
  await user.type(sentence('Ownership, level 5, for senior'), ' Typed.');
  await user.click(await choice(/^Everyone/));
  await user.type(screen.getByLabelText('Reason for the change'), 'Says more.');
  await user.click(saveButton());
  const field = await screen.findByLabelText('Ownership, level 5, for senior');
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  const about = document.getElementById(field.getAttribute('aria-describedby') ?? '');
  expect(about?.textContent).toBe('each level needs a sentence of its own');
  expect(sentence('Ownership, level 4, for senior').getAttribute('aria-invalid')).toBeNull();
  await user.click(await choice(/^Intern\s*to correct$/));
  expect((await group()).getByText('these are the common sentences')).toBeDefined();
});

test('a rubric saved before there were own anchors opens as one without any', async () => {
  const old = rubric();
  for (const one of old.content.dimensions) delete one.by_level;
  open(old);
  expect((await group()).getByText('Used at every level of experience.')).toBeDefined();
  expect(screen.queryByText(/own anchors came or went/)).toBeNull();
  expect(screen.queryByRole('button', { name: 'Undo changes' })).toBeNull();
});

test('the history says in words which field was changed', async () => {
  const parts = [
    { change: 'removed' as const, text: 'Asks.' },
    { change: 'added' as const, text: 'Answers.' },
  ];
  const field = 'dimensions.ownership.by_level.senior.anchors.4';
  const label = 'Ownership, anchors for senior, level 4';
  const version = {
    number: 2,
    status: 'active' as const,
    note: 'Plainer.',
    author: 'editor@example.com',
    made_at: '2026-11-30T12:00:00Z',
    restored_from: null,
    label: 'behavioural-2.1',
    differences: [{ field, label, parts }],
  };
  open({ ...rubric(SENIOR), history: [version] });
  const history = within(await screen.findByRole('region', { name: 'History' }));
  expect(history.getByText(label)).toBeDefined();
});

test('the wording shipped today can be compared and taken when another one is in use', async () => {
  const user = userEvent.setup();
  const difference = {
    field: 'dimensions.ownership.anchors.5',
    label: 'Ownership, level 5',
    parts: [{ change: 'added' as const, text: 'Ships.' }],
  };
  const calls = open({ ...rubric(), shipped: { label: 'behavioural-2', differences: [difference] } });
  const history = within(await screen.findByRole('region', { name: 'History' }));
  expect(history.getByText(/not the wording this release ships \(behavioural-2\)/)).toBeDefined();
  expect(history.getByText('Ownership, level 5')).toBeDefined();
  await user.click(history.getByRole('button', { name: 'Take the shipped wording' }));
  await user.type(screen.getByLabelText('Reason, for the history'), 'It says it better.');
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  await waitFor(() => expect(history.queryByText(/not the wording this release ships/)).toBeNull());
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    version: 1,
    to: 'shipped',
    note: 'It says it better.',
  });
});
