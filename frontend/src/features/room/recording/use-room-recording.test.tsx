import 'fake-indexeddb/auto';

import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import * as store from '@/lib/recording/store';
import { FakeMediaRecorder, fakeStream } from '@/testing/media-fakes';
import { problem } from '@/testing/server';

import { useRoomRecording } from './use-room-recording';

const recordings = '/api/interviews/i1/recordings/';

/** A server that takes everything, or nothing while the network is gone. */
function stubRecordings() {
  const asked: string[] = [];
  const network = { gone: false };
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname } = new URL(request.url);
    if (network.gone) return Promise.reject(new TypeError('Failed to fetch'));
    if (!pathname.startsWith(recordings)) return Promise.resolve(problem(404, 'not-found'));
    const [, what = 'open', seq] = pathname.slice(recordings.length).split('/');
    asked.push(seq === undefined ? what : `${what} ${seq}`);
    return Promise.resolve(Response.json({ received_chunks: 1, received_bytes: 1, missing: [], open: true }));
  });
  return { asked, network };
}

function enter(first: 'off' | 'local' | 'server') {
  const { stream } = fakeStream('video', 'audio');
  const props = (mode: 'off' | 'local' | 'server') => ({
    owner: 'ann',
    interviewId: 'i1',
    mode,
    running: true,
    stream,
  });
  const hook = renderHook(useRoomRecording, { initialProps: props(first) });
  return {
    now: () => hook.result.current,
    choose: (mode: 'off' | 'local' | 'server') => hook.rerender(props(mode)),
    unmount: hook.unmount,
  };
}

const give = (text: string) => act(() => FakeMediaRecorder.all.at(-1)?.give(text));

beforeEach(async () => {
  await store.emptyStore();
  rememberCsrfToken('token');
  FakeMediaRecorder.all = [];
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
});
afterEach(() => vi.unstubAllGlobals());

test('recording goes on here, as a piece of its own, when the server shall have it no longer', async () => {
  const { asked } = stubRecordings();
  const { now, choose } = enter('server');
  await waitFor(() => expect(now()).toMatchObject({ status: 'recording', mode: 'server' }));
  give('for the server');
  await waitFor(() => expect(asked).toEqual(['open', 'chunks 0']));
  choose('local');
  await waitFor(() => expect(now()).toMatchObject({ status: 'recording', mode: 'local', capturing: true }));
  give('for me');
  await waitFor(async () =>
    expect(await store.keptRecordings('ann')).toContainEqual(
      expect.objectContaining({ mode: 'local', chunks: 1 }),
    ),
  );
  expect(asked.filter((what) => what.startsWith('chunks'))).toEqual(['chunks 0']);
});

test('what was not sent when the consent was taken back is never sent, and is not kept', async () => {
  const { asked, network } = stubRecordings();
  const { now, choose } = enter('server');
  give('sent');
  await waitFor(() => expect(asked).toEqual(['open', 'chunks 0']));
  network.gone = true;
  give('not sent');
  await waitFor(() => expect(now().status).toBe('waiting-for-network'));
  choose('off');
  network.gone = false;
  act(() => void window.dispatchEvent(new Event('online')));
  await waitFor(async () => expect(await store.keptRecordings('ann')).toEqual([]));
  expect(asked).toEqual(['open', 'chunks 0', 'complete']);
  await waitFor(() => expect(now().status).toBe('off'));
});

test('what is left when the interview is over is still sent', async () => {
  const { asked, network } = stubRecordings();
  const { now, unmount } = enter('server');
  give('sent');
  await waitFor(() => expect(asked).toEqual(['open', 'chunks 0']));
  network.gone = true;
  give('not sent');
  await waitFor(() => expect(now().status).toBe('waiting-for-network'));
  unmount();
  network.gone = false;
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(asked).toEqual(['open', 'chunks 0', 'chunks 1', 'chunks 2', 'complete']));
});
