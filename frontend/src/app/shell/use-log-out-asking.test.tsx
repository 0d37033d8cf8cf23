import 'fake-indexeddb/auto';

import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { User } from '@/api/types';
import { rememberRecordedHere } from '@/lib/recorded-here';
import { emptyStore, keepChunk, keepRecording } from '@/lib/recording/store';
import type { RecordingMode } from '@/lib/recording/types';
import { stubServer, type Call } from '@/testing/server';

import { useLogOutAsking } from './use-log-out-asking';

const user: User = {
  id: 'u1',
  email: 'robin@example.org',
  display_name: 'Robin',
  role: 'candidate',
};

function Leave() {
  const { logOut, question } = useLogOutAsking(user);
  return (
    <>
      <button type="button" onClick={logOut}>
        Leave
      </button>
      {question}
    </>
  );
}

function enter(): Call[] {
  const calls = stubServer({ 'DELETE /api/session': () => null });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Leave />
    </QueryClientProvider>,
  );
  return calls;
}

/** A recording of three bytes that is in this browser only. */
async function record(mode: RecordingMode): Promise<void> {
  rememberRecordedHere(user.id);
  const about = { id: mode, owner: user.id, scope: 'i1', mode };
  await keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T00:00:00Z' });
  await keepChunk(mode, await new Blob(['one']).arrayBuffer(), 1);
}

beforeEach(async () => {
  await emptyStore();
  rememberCsrfToken('token');
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

test('who has recorded nothing here is logged out without a question', async () => {
  const calls = enter();
  await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await vi.waitFor(() => expect(calls.map(({ method }) => method)).toEqual(['DELETE']));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('whose recordings have all arrived is not asked either', async () => {
  rememberRecordedHere(user.id);
  const calls = enter();
  await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await vi.waitFor(() => expect(calls.map(({ method }) => method)).toEqual(['DELETE']));
});

test('who has pieces on their way to the server hears how much, and may let them wait', async () => {
  await record('server');
  const calls = enter();
  await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
  expect(await screen.findByText(/1 kB of a recording are still on their way/)).toBeDefined();
  expect(screen.queryByText(/No recording is left/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Keep and log out' }));
  await vi.waitFor(() => expect(calls.map(({ method }) => method)).toEqual(['DELETE']));
});

test('who has recorded something here is asked first, and can stay', async () => {
  await record('local');
  const calls = enter();
  await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await screen.findByRole('dialog', { name: 'Log out?' });
  await userEvent.click(screen.getByRole('button', { name: 'Stay' }));
  expect(calls).toEqual([]);
});
