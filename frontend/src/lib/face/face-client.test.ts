import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { FaceClient, type WorkerLike } from './face-client';
import type { FaceClientState, Sample } from './types';
import type { FromWorker, ToWorker } from './worker-messages';

/** A worker driven by hand. */
class HandWorker implements WorkerLike {
  static all: HandWorker[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  told: ToWorker[] = [];
  ended = false;
  constructor() {
    HandWorker.all.push(this);
  }
  postMessage(message: ToWorker): void {
    this.told.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: FromWorker): void {
    this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data: message }));
  }
  sample(tookMs = 50): void {
    this.say({ type: 'sample', sample: { at: Date.now(), tookMs } as Sample });
  }
  crash(): void {
    this.onerror?.call(this as unknown as Worker, new ErrorEvent('error', { cancelable: true }));
  }
  get frames(): number {
    return this.told.filter((message) => message.type === 'frame').length;
  }
}

/** A camera's track, as far as the client looks at it. */
class HandTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  becomes(name: 'ended' | 'mute' | 'unmute'): void {
    if (name === 'ended') this.readyState = 'ended';
    else this.muted = name === 'mute';
    this.dispatchEvent(new Event(name));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  HandWorker.all = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function begin(expression = false) {
  const track = new HandTrack();
  const video = document.createElement('video');
  Object.defineProperties(video, {
    srcObject: { value: { getVideoTracks: () => [track] } },
    readyState: { value: 4, writable: true },
    videoWidth: { value: 640, writable: true },
  });
  const states: FaceClientState[] = [];
  const samples: Sample[] = [];
  const client = new FaceClient({
    onSample: (sample) => samples.push(sample),
    onState: (state) => states.push(state),
    makeWorker: () => new HandWorker(),
    read: () =>
      Promise.resolve({ width: 1, height: 1, values: Uint8ClampedArray.of(1, 2, 3), brightness: 0.5 }),
  });
  client.start(video, { expression });
  const worker = () => {
    const newest = HandWorker.all.at(-1);
    if (!newest) throw new Error('no worker yet');
    return newest;
  };
  return { client, track, video, states, samples, worker };
}

const words = (states: FaceClientState[]) =>
  states.map((state) => (state.name === 'off' ? state.reason : state.name));

test.each([true, false])('asks for the emotion model only with the consent (%s)', (expression) => {
  const { worker } = begin(expression);
  expect(worker().told).toEqual([{ type: 'load', expression }]);
});

test('keeps one frame in flight, three times a second', async () => {
  const { worker, samples } = begin();
  worker().say({ type: 'ready' });
  await vi.advanceTimersByTimeAsync(3000);
  expect(worker().frames).toBe(1);
  worker().sample(50);
  await vi.advanceTimersByTimeAsync(282);
  expect(worker().frames).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(worker().frames).toBe(2);
  expect(samples).toHaveLength(1);
});

test('slows down when a frame takes long, and when the page is hidden', async () => {
  const { worker } = begin();
  worker().say({ type: 'ready' });
  await vi.advanceTimersByTimeAsync(0);
  worker().sample(900);
  await vi.advanceTimersByTimeAsync(899);
  expect(worker().frames).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(worker().frames).toBe(2);
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  worker().sample(50);
  await vi.advanceTimersByTimeAsync(999);
  expect(worker().frames).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(worker().frames).toBe(3);
});

test('a crash is off with its time, and comes back later each time', async () => {
  const { worker, states } = begin();
  const now = Date.now();
  worker().say({ type: 'ready' });
  worker().crash();
  expect(states.at(-1)).toEqual({ name: 'off', since: now, reason: 'crashed', retryAt: now + 1000 });
  expect(HandWorker.all[0]?.ended).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(HandWorker.all).toHaveLength(2);
  worker().crash();
  expect(words(states)).toEqual(['loading', 'running', 'crashed', 'loading', 'not_loaded']);
  await vi.advanceTimersByTimeAsync(1999);
  expect(HandWorker.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(HandWorker.all).toHaveLength(3);
});

test('starts with the short wait again after it went well', async () => {
  const { worker, states } = begin();
  for (let crashes = 0; crashes < 2; crashes += 1) {
    worker().say({ type: 'ready' });
    worker().crash();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  worker().say({ type: 'ready' });
  for (let times = 0; times < 10; times += 1) {
    await vi.advanceTimersByTimeAsync(400);
    worker().sample();
  }
  worker().crash();
  expect(states.at(-1)).toMatchObject({ retryAt: Date.now() + 1000 });
});

test('silence is off', async () => {
  const { worker, states } = begin();
  worker().say({ type: 'ready' });
  await vi.advanceTimersByTimeAsync(8000);
  expect(words(states)).toEqual(['loading', 'running', 'silent']);
});

test('models that do not come are off, and can be asked for again', async () => {
  const { client, worker, states } = begin();
  worker().say({ type: 'failed', message: 'offline' });
  expect(words(states).at(-1)).toBe('not_loaded');
  client.retry();
  expect(HandWorker.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(words(states)).toEqual(['loading', 'not_loaded', 'loading', 'not_loaded']);
});

test('a muted camera is off until it comes back, an ended one until it is started again', async () => {
  const { client, track, video, worker, states } = begin();
  worker().say({ type: 'ready' });
  track.becomes('mute');
  expect(states.at(-1)).toMatchObject({ name: 'off', reason: 'camera', retryAt: null });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(HandWorker.all).toHaveLength(1);
  track.becomes('unmute');
  expect(words(states).at(-1)).toBe('loading');
  track.becomes('ended');
  expect(words(states).at(-1)).toBe('camera');
  expect(HandWorker.all.every((one) => one.ended)).toBe(true);
  track.readyState = 'live';
  client.start(video, { expression: false });
  expect(words(states).at(-1)).toBe('loading');
});

test('a video without a picture is a camera that does not work', async () => {
  const { video, worker, states } = begin();
  Object.assign(video, { videoWidth: 0 });
  worker().say({ type: 'ready' });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(words(states)).toContain('camera');
});

test('stops for good, and sends no frame that was being taken', async () => {
  const { client, track, worker, states } = begin();
  worker().say({ type: 'ready' });
  vi.advanceTimersByTime(0);
  client.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  track.becomes('unmute');
  expect(worker().frames).toBe(0);
  expect(HandWorker.all).toHaveLength(1);
  expect(words(states)).toEqual(['loading', 'running', 'stopped']);
});
