import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { ReviewedRow } from '@/api/types';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

// Room for a table. It stands above the imports, as the page asks when it is loaded.
vi.hoisted(() => {
  const narrow = window.matchMedia.bind(window);
  window.matchMedia = (query) => Object.assign(narrow(query), { matches: query.includes('min-width') });
});

import { Component as InterviewsPage } from './interviews-page';

function row(number: number, more: Partial<ReviewedRow> = {}): ReviewedRow {
  return {
    id: `i${number}`,
    candidate: { id: `c${number}`, email: `person${number}@example.org`, display_name: `Person ${number}` },
    role: { id: 'backend-engineer', title: 'Backend engineer', family: 'software-engineering' },
    level: { id: 'mid', label: 'Mid-level' },
    status: 'completed',
    report_status: 'done',
    question_count: 5,
    answered: 5,
    overall: { value: 3.4, band: 'solid' },
    created_at: '2026-03-02T12:00:00Z',
    completed_at: '2026-03-02T12:20:00Z',
    ...more,
  };
}

const queries = createQueryClient();
queries.setDefaultOptions({ queries: { retry: false } });

function open(address: string, interviews: Reply) {
  const calls = stubServer({
    'GET /api/admin/interviews': interviews,
    'GET /api/catalog': () => ({
      families: [{ id: 'f', label: 'Software' }],
      roles: [
        {
          id: 'backend-engineer',
          title: 'Backend engineer',
          summary: '',
          family: 'f',
          aliases: [],
          competencies: [],
        },
      ],
      competencies: [],
      levels: [{ id: 'mid', label: 'Mid-level', years: '', expectation: '' }],
      engine: { provider: 'offline', model: null, label: '' },
      question_count: { min: 3, max: 10, default: 5 },
    }),
  });
  const router = createMemoryRouter(
    [
      { path: '/admin/interviews', Component: InterviewsPage },
      { path: '/admin/interviews/:id', element: <p>the record</p> },
    ],
    { initialEntries: [address] },
  );
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { calls, search: () => router.state.location.search, router };
}

const asked = (calls: Call[]) => calls.filter(({ path }) => path.startsWith('/api/admin/interviews'));

afterEach(() => {
  cleanup();
  queries.clear();
  vi.unstubAllGlobals();
});

test('keeps pages in the address, and the back button works', async () => {
  const user = userEvent.setup();
  const { search, router } = open('/admin/interviews', (call) => {
    const cursor = call.search.get('cursor');
    const page = cursor === null ? 1 : Number(cursor.slice(1));
    return { items: [row(page)], next_cursor: page < 3 ? `p${page + 1}` : null };
  });
  await screen.findByText('Person 1');
  await user.click(screen.getByRole('button', { name: 'Older' }));
  await screen.findByText('Person 2');
  await user.click(screen.getByRole('button', { name: 'Older' }));
  await screen.findByText('Person 3');
  expect(search()).toBe('?after=p2&after=p3');
  expect(screen.getByRole('status').textContent).toBe('1 interview on page 3, the last');
  expect(document.activeElement).toBe(screen.getByRole('status'));
  await user.click(screen.getByRole('button', { name: 'Newer' }));
  await screen.findByText('Person 2');
  expect(search()).toBe('?after=p2');
  await router.navigate(-1);
  await screen.findByText('Person 3');
});

test('a shared address shows its page and leads back', async () => {
  const user = userEvent.setup();
  const { calls } = open('/admin/interviews?status=completed&after=p2&after=p3', () => ({
    items: [row(3)],
    next_cursor: null,
  }));
  await screen.findByText('Person 3');
  expect(asked(calls)[0]?.search.get('cursor')).toBe('p3');
  expect(asked(calls)[0]?.search.get('status')).toBe('completed');
  await user.click(screen.getByRole('button', { name: 'Newer' }));
  await waitFor(() => expect(asked(calls).at(-1)?.search.get('cursor')).toBe('p2'));
});

test('searches after a pause, once, from the first page', async () => {
  const user = userEvent.setup();
  const { calls, search, router } = open('/admin/interviews?after=p2', () => ({
    items: [row(1)],
    next_cursor: null,
  }));
  await screen.findByText('Person 1');
  await user.type(screen.getByRole('searchbox', { name: 'Name or e-mail' }), 'ada ');
  await waitFor(() => expect(search()).toBe('?q=ada'));
  await waitFor(() => expect(asked(calls)).toHaveLength(2));
  // The space typed last is still there, for the next word.
  expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('ada ');
  await router.navigate('/admin/interviews');
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe(''));
});

test('filters and sorts through the address', async () => {
  const user = userEvent.setup();
  const { calls, search } = open('/admin/interviews', () => ({ items: [row(1)], next_cursor: null }));
  await screen.findByText('Person 1');
  await user.selectOptions(screen.getByLabelText('Report'), 'Report failed');
  await user.click(screen.getByRole('button', { name: 'Overall' }));
  expect(search()).toBe('?report=failed&sort=-overall');
  expect(screen.getByRole('columnheader', { name: 'Overall' }).getAttribute('aria-sort')).toBe('descending');
  await user.click(screen.getByRole('button', { name: 'Overall' }));
  expect(search()).toBe('?report=failed&sort=overall');
  await waitFor(() => expect(asked(calls).at(-1)?.search.get('sort')).toBe('overall'));
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(search()).toBe('?sort=overall');
});

test('says which kind of nothing there is', async () => {
  const user = userEvent.setup();
  const { search } = open('/admin/interviews?q=zzz', (call) => ({
    items: call.search.has('q') ? [] : [row(1)],
    next_cursor: null,
  }));
  await screen.findByText('No interview fits these filters.');
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  await screen.findByText('Person 1');
  expect(search()).toBe('');
});

test('shows no filters before the first interview', async () => {
  open('/admin/interviews', () => ({ items: [], next_cursor: null }));
  await screen.findByText(/No interview has been set up yet/);
  expect(screen.queryByRole('search')).toBeNull();
});

test('a failure says so, and a retry or the first page mends it', async () => {
  const user = userEvent.setup();
  const { search } = open('/admin/interviews?after=stale', (call) =>
    call.search.has('cursor') ? problem(422, 'invalid-cursor') : { items: [row(1)], next_cursor: null },
  );
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByRole('button', { name: 'Try again' })).toBeDefined();
  await user.click(within(alert).getByRole('button', { name: 'To the first page' }));
  await screen.findByText('Person 1');
  expect(search()).toBe('');
});

test('a row opens with Enter and knows where it was opened from', async () => {
  const user = userEvent.setup();
  const { router } = open('/admin/interviews?status=completed', () => ({
    items: [row(1, { candidate: { id: 'c', email: null, display_name: null } })],
    next_cursor: null,
  }));
  const link = await screen.findByRole('link', { name: 'Name not known yet' });
  link.focus();
  await user.keyboard('{Enter}');
  await screen.findByText('the record');
  expect(router.state.location.pathname).toBe('/admin/interviews/i1');
  expect(router.state.location.state).toEqual({ from: '?status=completed' });
});
