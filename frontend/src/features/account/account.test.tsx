import 'fake-indexeddb/auto';

import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { CandidateRecording, LedgerEntry, Recordings } from '@/api/types';
import { emptyStore, keepRecording } from '@/lib/recording/store';
import { problem, stubServer, type Reply } from '@/testing/server';

import { ConsentsSection } from './consents-section';
import { RecordingsSection } from './recordings-section';

const video: CandidateRecording = {
  id: 'r1',
  interview_id: 'i1',
  role_title: 'Backend engineer',
  status: 'ready',
  open: false,
  started_at: '2026-01-01T10:00:00Z',
  duration_s: 180,
  size_bytes: 9_000_000,
  received_chunks: 180,
  missing: [],
  content_type: 'video/webm',
  delete_after: '2026-01-31T10:03:00Z',
  failure: null,
};
const all = (recordings: CandidateRecording[]): Recordings => ({
  used_bytes: recordings.length * 9_000_000,
  quota_bytes: 2_000_000_000,
  retention_days: 30,
  recordings,
});
const entry: LedgerEntry = {
  capture: 'video_recording',
  version: '1',
  statement: 'Your camera and microphone are recorded.',
  given_at: '2026-01-01T09:58:00Z',
  withdrawn_at: null,
  interview_id: 'i1',
  role_title: 'Backend engineer',
};

function open(table: Record<string, Reply>) {
  rememberCsrfToken('token');
  const calls = stubServer({
    'GET /api/recordings': () => all([]),
    'GET /api/consents': () => ({ items: [], next_cursor: null }),
    'GET /api/interviews': () => ({ items: [], next_cursor: null }),
    ...table,
  });
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { retry: false } });
  render(
    <QueryClientProvider client={queries}>
      <MemoryRouter>
        <RecordingsSection owner="u1" />
        <ConsentsSection />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return calls;
}

afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await emptyStore();
});

test('an account without recordings and consents says what will be here', async () => {
  open({});
  expect(await screen.findByText(/None on the server.*for 30 days/)).toBeDefined();
  expect(await screen.findByText(/^Nothing so far/)).toBeDefined();
  expect(screen.queryByRole('heading', { name: 'On this device only' })).toBeNull();
});

test('recordings show the room they take, and all go at once after a second word', async () => {
  let there = [video, { ...video, id: 'r2', status: 'partial' as const }];
  const calls = open({
    'GET /api/recordings': () => all(there),
    'DELETE /api/recordings': () => {
      there = [];
      return new Response(null, { status: 204 });
    },
  });
  expect(await screen.findByText(/^18 MB of 2 GB used/)).toBeDefined();
  expect(screen.getByText(/ends early · kept until 31 January 2026/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Delete all recordings' }));
  expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete 2 recordings' }));
  expect(await screen.findByText('All recordings on the server are deleted.')).toBeDefined();
});

test('a recording that could not be deleted is still listed, with the reason', async () => {
  open({
    'GET /api/recordings': () => all([video]),
    'DELETE /api/interviews/i1/recordings/r1': () => problem(503, 'service-unavailable'),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: /^Delete the recording of Backend engineer/ }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Backend engineer' })).toBeDefined();
});

test('what only this browser has is listed for its owner alone, and deleted here', async () => {
  const kept = { mode: 'local' as const, contentType: 'video/webm', startedAt: '2026-01-01T10:00:00Z' };
  await keepRecording({ ...kept, id: 'l1', owner: 'u1', scope: 'i1' });
  await keepRecording({ ...kept, id: 'l2', owner: 'somebody-else', scope: 'i9' });
  open({});
  const device = await screen.findByRole('region', { name: 'On this device only' });
  expect(within(device).getAllByRole('listitem')).toHaveLength(1);
  await userEvent.click(within(device).getByRole('button', { name: /^Delete the recording/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'On this device only' })).toBeNull());
});

test('the ledger shows the exact words, what was taken back, and goes on', async () => {
  const earlier = { ...entry, capture: 'face_monitoring' as const, withdrawn_at: '2026-01-01T10:02:00Z' };
  const calls = open({
    'GET /api/consents': ({ search }) =>
      search.has('cursor')
        ? { items: [earlier], next_cursor: null }
        : { items: [entry], next_cursor: 'more' },
  });
  expect(await screen.findByText(/not taken back/)).toBeDefined();
  expect(screen.getByText('Your camera and microphone are recorded.')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier ones' }));
  expect(await screen.findByText(/, taken back 1 Jan 2026/)).toBeDefined();
  expect(calls.at(-1)?.search.get('cursor')).toBe('more');
  expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull();
});

test('each part fails for itself', async () => {
  open({
    'GET /api/recordings': () => problem(500, 'internal'),
    'GET /api/consents': () => ({ items: [entry], next_cursor: null }),
  });
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(await screen.findByText(/not taken back/)).toBeDefined();
});
