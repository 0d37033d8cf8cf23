import 'fake-indexeddb/auto';

import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberRecordedHere } from '@/lib/recorded-here';
import * as store from '@/lib/recording/store';
import { keepInTab } from '@/lib/tab-memory';
import { problem } from '@/testing/server';

/** A server that has nothing yet and takes everything. */
function stubRecordings(): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    const [, what = 'open', seq] = new URL(request.url).pathname.split('/recordings/')[1]?.split('/') ?? [];
    asked.push(seq === undefined ? what : `${what} ${seq}`);
    if (request.method === 'GET') return Promise.resolve(problem(404, 'recording-not-found'));
    return Promise.resolve(Response.json({ received_chunks: 1, received_bytes: 1, missing: [], open: true }));
  });
  return asked;
}

/** As after a page load: the module knows of nothing. */
async function openPage(owner: string) {
  vi.resetModules();
  const [{ useSendRest }, { rememberCsrfToken }] = await Promise.all([
    import('./use-send-rest'),
    import('@/api/client'),
  ]);
  rememberCsrfToken('token');
  return renderHook(() => useSendRest(owner));
}

beforeEach(async () => {
  await store.emptyStore();
  const about = { id: 'left', owner: 'ann', scope: 'i1', mode: 'server' as const };
  await store.keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T00:00:00Z' });
  await store.keepChunk('left', await new Blob(['one']).arrayBuffer(), 1);
});
afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('what a closed page left is sent and completed by the next one', async () => {
  rememberRecordedHere('ann');
  const asked = stubRecordings();
  await openPage('ann');
  await waitFor(() => expect(asked).toEqual(['open', 'chunks 0', 'complete']));
  await waitFor(async () => expect(await store.keptRecordings('ann')).toEqual([]));
});

test('what was taken back in this tab is not sent, though the server has not heard of it; it is deleted', async () => {
  rememberRecordedHere('ann');
  keepInTab('ik-taken-back-i1', { video_recording: '2026-01-01T00:00:00Z' });
  const asked = stubRecordings();
  await openPage('ann');
  await waitFor(async () => expect(await store.keptRecordings('ann')).toEqual([]));
  expect(asked).toEqual([]);
});
