import 'fake-indexeddb/auto';

import { act, renderHook, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import { FakeMediaRecorder, fakeStream } from '@/testing/media-fakes';

import { learnServerTime } from '../server-clock';
import { forgetRecordings, resumeRecordings } from './resume';
import * as store from './store';
import type { RecordingTransport } from './types';
import { useLocalRecordings } from './use-local-recordings';
import { useRecording, type RecordingSettings } from './use-recording';

/** The server, as far as a recording sees it. */
function server() {
  const chunks = new Map<string, Map<number, string>>();
  const completed: [string, number][] = [];
  const log: string[] = [];
  const transport = {
    begin: vi.fn<RecordingTransport['begin']>((_, { id }) => {
      log.push('begin');
      if (!chunks.has(id)) chunks.set(id, new Map());
      return Promise.resolve();
    }),
    has: vi.fn<RecordingTransport['has']>((_, id) => {
      const got = chunks.get(id);
      return Promise.resolve(got === undefined ? null : { received: got.size, missing: [], open: true });
    }),
    send: vi.fn<RecordingTransport['send']>(async (_, id, seq, chunk) => {
      const text = await chunk.text();
      const before = chunks.get(id)?.get(seq);
      if (before !== undefined) log.push(before === text ? `again ${seq}` : `other bytes for ${seq}`);
      chunks.get(id)?.set(seq, text);
    }),
    complete: vi.fn<RecordingTransport['complete']>((_, id, count) => {
      completed.push([id, count]);
      return Promise.resolve({ missing: [] });
    }),
  };
  const received = (id: string | null) => [...(chunks.get(id ?? '')?.entries() ?? [])];
  return { transport, received, completed, log };
}

const gone = new TypeError('Failed to fetch');

beforeEach(async () => {
  await store.emptyStore();
  FakeMediaRecorder.all = [];
  FakeMediaRecorder.supported = (type) => type.includes('webm');
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function begin(settings: Partial<RecordingSettings> = {}) {
  const { stream, tracks } = fakeStream('video', 'audio');
  const first: RecordingSettings = {
    owner: 'ann',
    scope: 'interview-1',
    mode: 'server',
    stream,
    ...settings,
  };
  const hook = renderHook((props: RecordingSettings) => useRecording(props), {
    initialProps: first,
    wrapper: StrictMode,
  });
  return {
    now: () => hook.result.current,
    change: (more: Partial<RecordingSettings>) => hook.rerender({ ...first, ...more }),
    unmount: hook.unmount,
    tracks,
  };
}

const give = (text: string | ArrayBuffer) => act(() => FakeMediaRecorder.all.at(-1)?.give(text));
const kept = (chunks: number) =>
  waitFor(async () => expect((await store.keptRecordings('ann')).at(-1)?.chunks).toBe(chunks));

describe('to the server', () => {
  test('says when it began by the server’s clock, not by one that is ten minutes off', async () => {
    const ahead = 10 * 60_000;
    learnServerTime(new Date(Date.now() + ahead).toUTCString());
    onTestFinished(() => learnServerTime(new Date().toUTCString()));
    const { transport } = server();
    const { now } = begin({ transport });
    const before = Date.now();
    act(() => now().start());
    const after = Date.now();
    give('one');
    await waitFor(() => expect(transport.begin).toHaveBeenCalled());
    const told = Date.parse(transport.begin.mock.calls[0]?.[1].startedAt ?? '');
    expect(told).toBeGreaterThanOrEqual(before + ahead - 1000); // the Date header is cut to the second
    expect(told).toBeLessThanOrEqual(after + ahead);
  });

  test('a first slice that ends in the middle of the header is sent with the next', async () => {
    const { transport, received } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    give(Uint8Array.of(0x1a).buffer);
    give('the rest of the header, and pictures');
    give('more');
    const { id } = now();
    await waitFor(() =>
      expect(received(id)).toEqual([
        [0, '\u001athe rest of the header, and pictures'],
        [1, 'more'],
      ]),
    );
  });

  test('a recording that ends within its header is kept as it is', async () => {
    const { transport, received, completed } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    give(Uint8Array.of(0x1a, 0x45).buffer);
    const { id } = now();
    act(() => now().stop());
    await waitFor(() => expect(completed).toEqual([[id, 1]]));
    expect(received(id)).toEqual([[0, '\u001aEend of 0']]);
  });

  test('records in one-second chunks, sends each once in order, completes, keeps nothing', async () => {
    const { transport, received, completed, log } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    expect(now()).toMatchObject({ status: 'recording', capturing: true });
    expect(FakeMediaRecorder.all).toHaveLength(1);
    expect(FakeMediaRecorder.all[0]).toMatchObject({
      timeslice: 1000,
      options: {
        mimeType: 'video/webm;codecs=vp9,opus',
        videoBitsPerSecond: 600_000,
        audioBitsPerSecond: 32_000,
      },
    });
    give('one');
    give('two');
    const { id } = now();
    await waitFor(() =>
      expect(received(id)).toEqual([
        [0, 'one'],
        [1, 'two'],
      ]),
    );
    act(() => now().stop());
    expect(now().capturing).toBe(false);
    await waitFor(() => expect(now().status).toBe('done'));
    expect(received(id)).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, 'end of 0'],
    ]);
    expect(completed).toEqual([[id, 3]]);
    expect(log).toEqual(['begin']);
    expect(await store.keptRecordings('ann')).toEqual([]);
    expect(transport.send.mock.calls[0]?.[4]).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
  });

  test('begins without a network, keeps everything, sends it when the network is back', async () => {
    const { transport, received } = server();
    transport.begin.mockRejectedValueOnce(gone);
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(now().status).toBe('waiting-for-network'));
    give('two');
    await waitFor(() => expect(now().backlog).toEqual({ chunks: 2, bytes: 6 }));
    expect(now().capturing).toBe(true);
    act(() => {
      window.dispatchEvent(new Event('online'));
    });
    await waitFor(() =>
      expect(received(now().id)).toEqual([
        [0, 'one'],
        [1, 'two'],
      ]),
    );
    await waitFor(() =>
      expect(now()).toMatchObject({ status: 'recording', backlog: { chunks: 0, bytes: 0 } }),
    );
  });

  test('a lost reply leads to the same bytes again, never to others', async () => {
    const { transport, log, received } = server();
    const deliver = transport.send.getMockImplementation();
    transport.send.mockImplementationOnce(async (...call) => {
      await deliver?.(...call);
      throw gone;
    });
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(now().status).toBe('waiting-for-network'));
    act(() => {
      window.dispatchEvent(new Event('online'));
    });
    give('two');
    await waitFor(() => expect(received(now().id)).toHaveLength(2));
    expect(log).toEqual(['begin', 'again 0']);
  });

  test.each([
    ['recording-too-large', 413, 'too-large'],
    ['recording-too-long', 413, 'too-long'],
    ['quota-exceeded', 413, 'quota'],
    ['consent-missing', 409, 'consent-missing'],
  ])('%s ends it and completes what was accepted', async (type, status, kind) => {
    const { transport, completed } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(transport.send).toHaveBeenCalledOnce());
    transport.send.mockRejectedValue({ type, status });
    give('too much');
    await waitFor(() =>
      expect(now()).toMatchObject({ status: 'failed', capturing: false, failure: { kind, code: type } }),
    );
    await waitFor(async () => expect(await store.keptRecordings('ann')).toEqual([]));
    expect(completed).toEqual([[now().id, 1]]);
    expect(transport.send).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['consent-missing', 409, 'consent-missing'],
    ['recording-not-found', 404, 'closed'],
  ])('%s ends it and deletes what is left here', async (type, status, kind) => {
    const { transport, completed } = server();
    transport.send.mockRejectedValue({ type, status });
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(now().failure?.kind).toBe(kind));
    await waitFor(async () => expect(await store.keptRecordings('ann')).toEqual([]));
    expect(completed).toEqual([]);
    expect(FakeMediaRecorder.all[0]?.state).toBe('inactive');
  });

  test('a closed one goes on in a new piece; what it did not take stays here and can be watched', async () => {
    const { transport, received } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    const { id } = now();
    give('one');
    await waitFor(() => expect(received(id)).toHaveLength(1));
    transport.send.mockRejectedValueOnce({ type: 'recording-closed', status: 409 });
    give('two');
    await waitFor(() => expect(now().id).not.toBe(id));
    expect(now()).toMatchObject({ status: 'recording', capturing: true, failure: null });
    give('three');
    await waitFor(() => expect(received(now().id)).toEqual([[0, 'three']]));
    expect(received(id)).toHaveLength(1);
    const list = renderHook(() => useLocalRecordings('ann'));
    await waitFor(() =>
      expect(list.result.current.recordings).toMatchObject([{ id, bytes: 11, running: false }]),
    );
    expect(list.result.current.recordings?.[0]?.restFrom).toBeGreaterThan(0);
    // What every player needs first came with the first chunk, which the server has.
    expect(await (await store.recordingFile(id ?? ''))?.text()).toBe('onetwoend of 0');
  });

  test('a server that closes one piece after the other is not given a third', async () => {
    const { transport } = server();
    transport.send.mockRejectedValue({ type: 'recording-closed', status: 409 });
    const { now } = begin({ transport });
    act(() => now().start());
    const { id } = now();
    give('one');
    await waitFor(() => expect(now().id).not.toBe(id));
    give('two');
    await waitFor(() => expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'closed' } }));
    expect(FakeMediaRecorder.all).toHaveLength(2);
  });

  test('of one that was closed behind a page that is gone, only what is not there stays', async () => {
    const { transport, completed } = server();
    transport.has.mockResolvedValue({ received: 1, missing: [], open: false });
    const about = { id: 'left', owner: 'ann', scope: 'interview-0', mode: 'server' as const };
    await store.keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T00:00:00Z' });
    await store.keepChunk('left', await new Blob(['one']).arrayBuffer(), 1);
    await store.keepChunk('left', await new Blob(['two']).arrayBuffer(), 2);
    await store.changeRecording('left', { begun: true });
    const { now } = begin({ transport });
    await waitFor(async () =>
      expect(await store.keptRecordings('ann')).toMatchObject([
        { id: 'left', mode: 'local', restFrom: 1, finished: true },
      ]),
    );
    expect(transport.send).not.toHaveBeenCalled();
    expect(completed).toEqual([]);
    expect(now()).toMatchObject({ status: 'off', failure: null });
  });

  test('the next page sends and completes what the one before left, after asking what is there', async () => {
    const { transport, received, completed, log } = server();
    // An earlier page: two chunks recorded, the first received, its reply lost; then the tab died.
    const about = { id: 'left', owner: 'ann', scope: 'interview-0', mode: 'server' as const };
    await store.keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T00:00:00Z' });
    await store.keepChunk('left', await new Blob(['one']).arrayBuffer(), 1);
    await store.keepChunk('left', await new Blob(['two']).arrayBuffer(), 2);
    await store.changeRecording('left', { begun: true });
    await transport.begin(
      'interview-0',
      { ...about, contentType: '', startedAt: '' },
      new AbortController().signal,
    );
    await transport.send('interview-0', 'left', 0, new Blob(['one']), null, new AbortController().signal);
    const { now } = begin({ transport });
    await waitFor(() => expect(completed).toEqual([['left', 2]]));
    expect(received('left')).toEqual([
      [0, 'one'],
      [1, 'two'],
    ]);
    expect(log).toEqual(['begin']);
    expect(now().status).toBe('off');
    expect(await store.keptRecordings('ann')).toEqual([]);
  });

  test('one person’s rest is never sent by another', async () => {
    const { transport } = server();
    const about = { id: 'left', owner: 'bob', scope: 'interview-0', mode: 'server' as const };
    await store.keepRecording({ ...about, contentType: 'video/webm', startedAt: '2026-01-01T00:00:00Z' });
    await store.keepChunk('left', await new Blob(['his']).arrayBuffer(), 1);
    const { now } = begin({ transport });
    act(() => now().start());
    give('hers');
    await waitFor(() => expect(transport.send).toHaveBeenCalledOnce());
    expect(transport.send.mock.calls[0]?.[1]).not.toBe('left');
    await forgetRecordings('bob');
    expect(await store.keptRecordings('bob')).toEqual([]);
  });

  test('a page elsewhere leaves alone what is being recorded, and hears when nothing is left', async () => {
    const { transport, completed } = server();
    const first = begin({ transport });
    act(() => first.now().start());
    give('one');
    await waitFor(() => expect(transport.send).toHaveBeenCalledOnce());
    const backlogs: number[] = [];
    const end = resumeRecordings('ann', transport, ({ recordings }) => backlogs.push(recordings));
    await waitFor(() => expect(backlogs).toEqual([1]));
    give('two');
    await waitFor(() => expect(transport.send).toHaveBeenCalledTimes(2));
    expect(completed).toEqual([]);
    act(() => first.now().stop());
    await waitFor(() => expect(completed).toHaveLength(1));
    await waitFor(() => expect(backlogs.at(-1)).toBe(0));
    expect(completed).toHaveLength(1);
    end();
  });

  test('leaving the room keeps and sends what was recorded', async () => {
    const { transport, completed } = server();
    const { now, unmount } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(transport.send).toHaveBeenCalledOnce());
    unmount();
    await waitFor(() => expect(completed).toHaveLength(1));
    expect(await store.keptRecordings('ann')).toEqual([]);
  });
});

describe('devices', () => {
  test('a covered camera is a pause, a pulled one ends the piece, another one begins the next', async () => {
    const { transport, completed } = server();
    const { now, tracks, change } = begin({ transport });
    act(() => now().start());
    give('one');
    const { id } = now();
    act(() => tracks[0]?.mute(true));
    expect(now()).toMatchObject({ status: 'paused-by-device', capturing: true });
    act(() => tracks[0]?.mute(false));
    expect(now().status).toBe('recording');
    act(() => tracks.forEach((track) => track.unplug()));
    await waitFor(() => expect(now()).toMatchObject({ status: 'paused-by-device', capturing: false }));
    await waitFor(() => expect(completed).toEqual([[id, 2]]));
    change({ stream: fakeStream('video', 'audio').stream, transport });
    expect(now()).toMatchObject({ status: 'recording', capturing: true });
    expect(now().id).not.toBe(id);
  });

  test('without a recorder it says so', () => {
    FakeMediaRecorder.supported = () => false;
    const { now } = begin({ transport: server().transport });
    act(() => now().start());
    expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'unsupported' } });
  });

  test('a broken recorder ends it, and what is there is sent', async () => {
    const { transport, completed } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    act(() => FakeMediaRecorder.all[0]?.fail());
    await waitFor(() => expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'recorder' } }));
    await waitFor(() => expect(completed).toHaveLength(1));
  });

  test('no room left: it stops at once and what is there is sent', async () => {
    const { transport, completed, received } = server();
    const { now } = begin({ transport });
    act(() => now().start());
    give('one');
    await waitFor(() => expect(received(now().id)).toHaveLength(1));
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    give('two');
    await waitFor(() => expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'storage-full' } }));
    expect(now().capturing).toBe(false);
    add.mockRestore();
    await waitFor(() => expect(completed).toEqual([[now().id, 1]]));
  });
});

test('local recordings send nothing, can be played and deleted, and only by their owner', async () => {
  const { transport } = server();
  const { now } = begin({ mode: 'local', transport });
  act(() => now().start());
  give('one');
  give('two');
  await kept(2);
  const list = renderHook(() => useLocalRecordings('ann'));
  act(() => now().stop());
  await waitFor(() => expect(now().status).toBe('done'));
  act(() => list.result.current.refresh());
  await waitFor(() => expect(list.result.current.recordings?.[0]?.bytes).toBe(14));
  const { id } = now();
  expect(await (await store.recordingFile(id ?? ''))?.text()).toBe('onetwoend of 0');
  for (const call of Object.values(transport)) expect(call).not.toHaveBeenCalled();
  const stranger = renderHook(() => useLocalRecordings('bob'));
  await waitFor(() => expect(stranger.result.current.recordings).toEqual([]));
  await act(() => list.result.current.remove(id ?? ''));
  await waitFor(() => expect(list.result.current.recordings).toEqual([]));
});
