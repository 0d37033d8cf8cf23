import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { NewNotice } from '@/api/types';
import { learnServerTime } from '@/lib/server-clock';
import { exampleOffer } from '@/testing/room-offer';

import { useMonitor } from './use-monitor';

const { monitoring } = exampleOffer();
const ours = Date.parse('2026-01-01T10:00:00.000Z');
const ahead = 10 * 60_000;
const serverSays = (more: number) => learnServerTime(new Date(Date.now() + more).toUTCString());

function watch(questionId = 'q1') {
  const onNotice = vi.fn<(id: string, notice: NewNotice) => void>();
  const { unmount } = renderHook(() =>
    useMonitor({ interviewId: 'i1', active: true, thresholds: monitoring, questionId, onNotice }),
  );
  return { told: onNotice.mock.calls, unmount };
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const goAway = () => act(() => void window.dispatchEvent(new Event('blur')));
const places = () => Array.from({ length: sessionStorage.length }, (_, n) => sessionStorage.key(n) ?? '');

beforeEach(() => {
  vi.useFakeTimers({ now: ours });
});
afterEach(() => {
  cleanup();
  serverSays(0);
  vi.useRealTimers();
  sessionStorage.clear();
});

test('a notice is told in the server’s time by a computer whose clock is ten minutes off', async () => {
  serverSays(ahead);
  const { told } = watch();
  goAway();
  await pass(5);
  expect(told[0]?.[1]).toMatchObject({
    kind: 'window_blur',
    question_id: 'q1',
    started_at: new Date(ours + ahead).toISOString(),
    duration_s: 4,
  });
});

test('after a reload what went on ends as the same notice, though the server’s clock is measured anew', async () => {
  serverSays(ahead);
  const before = watch();
  goAway();
  await pass(5);
  // What is in the tab when the page goes, and how long the notice had become since it was told.
  await pass(1);
  const kept = places().map((place) => [place, sessionStorage.getItem(place) ?? ''] as const);
  before.unmount();
  sessionStorage.clear();
  for (const [place, value] of kept) sessionStorage.setItem(place, value);

  serverSays(0);
  serverSays(ahead + 1000);
  const after = watch('q2');
  await pass(2);
  const [id, first] = before.told[0] ?? [];
  expect(after.told).toHaveLength(1);
  expect(after.told[0]?.[0]).toBe(id);
  expect(after.told[0]?.[1]).toMatchObject({
    question_id: 'q1',
    started_at: first?.started_at,
    duration_s: 6,
  });
  expect(places()).not.toContain('ik-noticed-i1');
});
