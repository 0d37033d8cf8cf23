import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import { noticesQuery } from '@/api/room/list-notices';
import type { NewNotice } from '@/api/types';
import { problem, stubServer, type Call } from '@/testing/server';

import { noticePlace, unsentNotices } from './notice-queue';
import { tellLater } from './tell-notices';
import { useNotices } from './use-notices';

const away: NewNotice = {
  kind: 'page_hidden',
  question_id: 'q1',
  started_at: '2026-01-01T10:00:00Z',
  duration_s: 2,
  confidence: null,
};
const lasted: NewNotice = { ...away, duration_s: 7 };
const kept = (call: Call) => ({ ...(call.body as NewNotice), id: 'n1', reason: 'So long.', reply: null });
const queries = createQueryClient();
const unsent = () => unsentNotices(noticePlace('i1'));

/** A room whose monitor says how long something lasted when it ends. */
function useSitting() {
  const notices = useNotices('i1');
  const { put } = notices;
  useEffect(() => () => put('n1', lasted), [put]);
  return notices;
}

function Strict({ children }: { children: ReactNode }) {
  return (
    <StrictMode>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </StrictMode>
  );
}

beforeEach(() => rememberCsrfToken('token'));
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test('what is said last, while the room is left, reaches the server too', async () => {
  const calls = stubServer({ 'PUT /api/interviews/i1/notices/n1': kept });
  const room = renderHook(useSitting, { wrapper: Strict });
  room.result.current.put('n1', away);
  await waitFor(() => expect(calls).toHaveLength(1));
  room.unmount();
  await waitFor(() => expect(calls.at(-1)?.body).toMatchObject({ duration_s: 7 }));
  await waitFor(() => expect(unsent()).toEqual([]));
});

test('what could not be told is told when the network is back, though the room was left', async () => {
  let reply: (call: Call) => unknown = () => problem(503, 'service-unavailable');
  const calls = stubServer({ 'PUT /api/interviews/i1/notices/n1': (call) => reply(call) });
  const room = renderHook(useSitting, { wrapper: Strict });
  room.unmount();
  await waitFor(() => expect(unsent()).toHaveLength(1));
  reply = kept;
  await waitFor(() => {
    window.dispatchEvent(new Event('online'));
    expect(unsent()).toEqual([]);
  });
  const told = calls.length;
  window.dispatchEvent(new Event('online'));
  tellLater('i1', queries);
  expect(calls).toHaveLength(told);
});

test('a report that is open lists a notice that got through only then', async () => {
  let there: unknown[] = [];
  let reachable = false;
  stubServer({
    'GET /api/interviews/i1/notices': () => there,
    'PUT /api/interviews/i1/notices/n1': (call) => {
      if (!reachable) return problem(503, 'service-unavailable');
      there = [kept(call)];
      return kept(call);
    },
  });
  const room = renderHook(useSitting, { wrapper: Strict });
  room.unmount();
  await waitFor(() => expect(unsent()).toHaveLength(1));
  const report = renderHook(() => useQuery(noticesQuery('i1')).data, { wrapper: Strict });
  await waitFor(() => expect(report.result.current).toEqual([]));
  reachable = true;
  await waitFor(() => {
    window.dispatchEvent(new Event('online'));
    expect(report.result.current).toMatchObject([{ id: 'n1', duration_s: 7 }]);
  });
});
