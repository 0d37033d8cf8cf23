import 'fake-indexeddb/auto';

import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { Interview, Notice, Presence, Recording } from '@/api/types';
import { emptyStore, keepChunk, keepRecording } from '@/lib/recording/store';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { problem, stubServer, type Reply } from '@/testing/server';

import { OnThisPage } from './on-this-page';
import { RoomRecord } from './room-record';
import { useRoomRecord } from './use-room-record';

const finished = exampleInterview({
  status: 'completed',
  started_at: '2026-01-01T10:00:00Z',
  completed_at: '2026-01-01T10:03:00Z',
  questions: [
    exampleQuestion(1, {
      status: 'submitted',
      text: 'Which bug taught you the most?',
      asked_at: '2026-01-01T10:00:00Z',
      submitted_at: '2026-01-01T10:01:00Z',
    }),
    exampleQuestion(2, { status: 'skipped', text: 'And the least?', asked_at: '2026-01-01T10:01:30Z' }),
  ],
});
const video: Recording = {
  id: 'r1',
  interview_id: 'i1',
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
const away: Notice = {
  id: 'n1',
  kind: 'looking_away',
  question_id: 'q1',
  started_at: '2026-01-01T10:00:41Z',
  duration_s: 6,
  confidence: 0.9,
  reason: 'The face in the picture was turned away from the camera for 6 s.',
  reply: null,
  replied_at: null,
  recorded_at: '2026-01-01T10:00:47Z',
};
const seen: Presence = {
  shared: false,
  answers: [
    {
      question_id: 'q1',
      seconds: 60,
      samples: 180,
      readable_share: 0.9,
      facing_share: null,
      expressions: [
        { label: 'neutral', share: 0.995 },
        { label: 'happy', share: 0.005 },
      ],
    },
  ],
};

function Page({ interview }: { interview: Interview }) {
  const record = useRoomRecord(interview);
  return (
    <>
      <OnThisPage parts={record.parts} />
      <RoomRecord interview={interview} record={record} />
    </>
  );
}

function open(table: Record<string, Reply>, { hash = '', interview = finished } = {}) {
  rememberCsrfToken('token');
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:captions', revokeObjectURL: () => undefined }),
  );
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  const calls = stubServer({
    'GET /api/session': () => ({ user: { id: 'u1', role: 'candidate' }, csrf_token: 'token' }),
    'GET /api/interviews/i1/recordings': () => [],
    'GET /api/interviews/i1/notices': () => [],
    'GET /api/interviews/i1/presence': () => problem(403, 'expression-not-offered'),
    ...table,
  });
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { retry: false } });
  render(
    <QueryClientProvider client={queries}>
      <MemoryRouter initialEntries={[`/report${hash}`]}>
        <Page interview={interview} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return calls;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('an interview without anything from the room says nothing about it', async () => {
  const calls = open({});
  await waitFor(() => expect(calls.filter(({ path }) => path.startsWith('/api/interviews'))).toHaveLength(3));
  expect(screen.queryByRole('heading', { name: 'From the room' })).toBeNull();
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('what was agreed to and came to nothing says so', async () => {
  const consents = (['face_monitoring', 'video_recording'] as const).map((capture) => ({
    capture,
    version: '1',
    given_at: '2026-01-01T10:00:00Z',
  }));
  open({}, { hash: '#recording', interview: { ...finished, consents } });
  expect(await screen.findByText(/There is no video of this interview/)).toBeDefined();
  expect(screen.getByRole('button', { name: /Session notices\s*Nothing was noticed/ })).toBeDefined();
});

test('parts are closed until asked for, and a link of the page opens its own', async () => {
  open({
    'GET /api/interviews/i1/notices': () => [away],
    'GET /api/interviews/i1/presence': () => seen,
  });
  const toggle = await screen.findByRole('button', { name: /Session notices/ });
  expect(toggle.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(screen.getByRole('link', { name: 'Session notices' }));
  expect(toggle.getAttribute('aria-expanded')).toBe('true');
  await userEvent.click(toggle);
  expect(toggle.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(screen.getByRole('link', { name: 'Session notices' }));
  expect(toggle.getAttribute('aria-expanded')).toBe('true');
});

test('a notice leads to its place in the video, and a question too', async () => {
  open(
    {
      'GET /api/interviews/i1/notices': () => [away],
      'GET /api/interviews/i1/recordings': () => [video],
    },
    { hash: '#notices' },
  );
  await userEvent.click(await screen.findByRole('button', { name: /^Watch at 0:41/ }));
  const player = await screen.findByLabelText<HTMLVideoElement>('Recording of the interview');
  expect(player.getAttribute('src')).toBe('/api/interviews/i1/recordings/r1/video');
  Object.defineProperty(player, 'duration', { value: 180 });
  Object.defineProperty(player, 'readyState', { value: 4 });
  player.dispatchEvent(new Event('loadedmetadata'));
  expect(player.currentTime).toBe(41);
  await userEvent.click(screen.getByRole('button', { name: /^1:30/ }));
  expect(player.currentTime).toBe(90);
  player.dispatchEvent(new Event('timeupdate'));
  expect((await screen.findByText('And the least?')).closest('[role=region]')).not.toBeNull();
  expect(screen.getByRole('button', { name: /^1:30/ }).getAttribute('aria-current')).toBe('true');
  expect(screen.getByRole('button', { name: /^At 0:41/ })).toBeDefined();
});

test('a video that ends early says what is missing, and one that failed says why', async () => {
  open(
    {
      'GET /api/interviews/i1/recordings': () => [
        { ...video, status: 'partial', duration_s: 60, missing: [60, 61] },
        {
          ...video,
          id: 'r2',
          status: 'failed',
          started_at: '2026-01-01T10:02:00Z',
          duration_s: null,
          failure: 'The file holds no picture.',
        },
      ],
    },
    { hash: '#recording' },
  );
  expect(
    await screen.findByText('It ends early, after 1 min: 2 pieces of about a second never arrived.'),
  ).toBeDefined();
  expect(screen.getByText('It could not be made into a video. The file holds no picture.')).toBeDefined();
  expect(screen.getAllByText(/kept until 31 January 2026/)).toHaveLength(2);
});

test('pieces that are still in this browser are spoken of, also before the server has heard of any', async () => {
  const about = { id: 'r9', owner: 'u1', scope: 'i1', mode: 'server' as const };
  await keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T10:00:00Z' });
  await keepChunk('r9', await new Blob(['one']).arrayBuffer(), 1);
  onTestFinished(emptyStore);
  open({}, { hash: '#recording' });
  expect(await screen.findByText(/1 kB of the video are still on their way from this browser/)).toBeDefined();
});

test('a recording is deleted only after a second word', async () => {
  let there = [video];
  const calls = open(
    {
      'GET /api/interviews/i1/recordings': () => there,
      'DELETE /api/interviews/i1/recordings/r1': () => {
        there = [];
        return new Response(null, { status: 204 });
      },
    },
    { hash: '#recording' },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the recording' }));
  expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
  expect(await screen.findByText('The recording is deleted.')).toBeDefined();
  expect(await screen.findByText(/no video of this interview any more/)).toBeDefined();
});

test('what was visible is shared and deleted by its owner', async () => {
  const calls = open(
    {
      'GET /api/interviews/i1/presence': () => seen,
      'PUT /api/interviews/i1/presence/sharing': () => ({ ...seen, shared: true }),
      'DELETE /api/interviews/i1/presence': () => new Response(null, { status: 204 }),
    },
    { hash: '#presence' },
  );
  expect(await screen.findByText('At rest')).toBeDefined();
  expect(screen.queryByText('Like smiling')).toBeNull();
  await userEvent.click(screen.getByRole('switch', { name: 'Share with reviewers' }));
  await waitFor(() => expect(calls.at(-1)?.body).toEqual({ shared: true }));
  expect(await screen.findByText(/shared with reviewers/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Delete what was visible' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
  expect(await screen.findByText(/It is deleted/)).toBeDefined();
});

test('a failure says so in its place and is asked about again', async () => {
  let failing = true;
  open(
    { 'GET /api/interviews/i1/notices': () => (failing ? problem(500, 'internal') : [away]) },
    { hash: '#notices' },
  );
  await screen.findByRole('alert');
  failing = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(away.reason)).toBeDefined();
});
