import 'fake-indexeddb/auto';

import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { User } from '@/api/types';
import { rememberRecordedHere } from '@/lib/recorded-here';
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

beforeEach(() => rememberCsrfToken('token'));
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

test('who has recorded something here is asked first, and can stay', async () => {
  rememberRecordedHere(user.id);
  const calls = enter();
  await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
  await screen.findByRole('dialog', { name: 'Log out?' });
  await userEvent.click(screen.getByRole('button', { name: 'Stay' }));
  expect(calls).toEqual([]);
});
