import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { liveSource, type LiveState } from './live-source';

/** The part of EventSource that jsdom lacks, driven by hand. */
class HandSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: HandSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    HandSource.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(data: string): void {
    this.dispatchEvent(new MessageEvent('interview', { data }));
  }
  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', HandSource);
  HandSource.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begin() {
  const heard: string[] = [];
  const states: LiveState[] = [];
  const end = liveSource({
    url: '/events',
    event: 'interview',
    onData: (data) => heard.push(data),
    onState: (state) => states.push(state),
  });
  return { heard, states, end };
}

test('passes on what it hears', () => {
  const { heard, states } = begin();
  HandSource.all[0]?.open();
  HandSource.all[0]?.say('one');
  expect(heard).toEqual(['one']);
  expect(states).toEqual(['connecting', 'live']);
});

test('leaves a dropped connection to the browser', () => {
  const { states } = begin();
  HandSource.all[0]?.open();
  HandSource.all[0]?.fail(0);
  vi.advanceTimersByTime(60_000);
  expect(HandSource.all).toHaveLength(1);
  expect(states.at(-1)).toBe('broken');
});

test('opens a new one after an HTTP error, later each time, and starts over after a success', () => {
  const { states } = begin();
  HandSource.all[0]?.fail(2);
  vi.advanceTimersByTime(1000);
  expect(HandSource.all).toHaveLength(2);
  HandSource.all[1]?.fail(2);
  vi.advanceTimersByTime(1999);
  expect(HandSource.all).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(HandSource.all).toHaveLength(3);
  HandSource.all[2]?.open();
  expect(states.at(-1)).toBe('live');
  HandSource.all[2]?.fail(2);
  vi.advanceTimersByTime(1000);
  expect(HandSource.all).toHaveLength(4);
});

test('comes back at once with the network', () => {
  begin();
  HandSource.all[0]?.fail(2);
  window.dispatchEvent(new Event('online'));
  expect(HandSource.all).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(HandSource.all).toHaveLength(2);
});

test('stays closed when ended', () => {
  const { end } = begin();
  HandSource.all[0]?.fail(2);
  end();
  vi.advanceTimersByTime(60_000);
  window.dispatchEvent(new Event('online'));
  expect(HandSource.all).toHaveLength(1);
});
