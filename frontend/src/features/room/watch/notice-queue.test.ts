import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { ProblemError } from '@/api/problem';
import type { NewNotice, Notice } from '@/api/types';

import { noticePlace, NoticeQueue, type ShownNotice } from './notice-queue';

type Send = (id: string, notice: NewNotice) => Promise<Notice>;

const paste: NewNotice = {
  kind: 'paste',
  question_id: 'q1',
  started_at: '2026-01-01T10:00:00Z',
  duration_s: 0,
  confidence: null,
};
const away: NewNotice = { ...paste, kind: 'page_hidden', duration_s: 2 };

function server() {
  return vi.fn<Send>((id, notice) =>
    Promise.resolve({
      ...notice,
      id,
      reason: 'As the server says.',
      reply: null,
      replied_at: null,
      recorded_at: '',
    }),
  );
}

function begin(send: Send) {
  let shown: readonly ShownNotice[] = [];
  const queue = new NoticeQueue({ place: noticePlace('i1'), send, onChange: (next) => (shown = next) });
  return { queue, shown: () => shown, state: (id: string) => shown.find((one) => one.id === id)?.state };
}

const unsent = () => sessionStorage.getItem(noticePlace('i1'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

describe('NoticeQueue', () => {
  test('shows a notice at once and takes over the server’s reason when it has one', async () => {
    const { queue, shown } = begin(server());
    queue.put('n1', paste);
    expect(shown()[0]).toMatchObject({ id: 'n1', state: 'waiting', kept: null });
    expect(unsent()).toContain('n1');
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()[0]).toMatchObject({ state: 'kept', kept: { reason: 'As the server says.' } });
    expect(unsent()).toBeNull();
  });

  test('lets what goes on last longer, and never shorter', async () => {
    const send = server();
    const { queue } = begin(send);
    queue.put('n1', away);
    await vi.advanceTimersByTimeAsync(0);
    queue.put('n1', { ...away, duration_s: 9 });
    await vi.advanceTimersByTimeAsync(0);
    queue.put('n1', { ...away, duration_s: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(send.mock.calls.map(([, notice]) => notice.duration_s)).toEqual([2, 9]);
  });

  test('sends once more what grew while it was under way', async () => {
    const replies: (() => void)[] = [];
    const send = vi.fn<Send>(
      (id, notice) =>
        new Promise((resolve) =>
          replies.push(() =>
            resolve({ ...notice, id, reason: '', reply: null, replied_at: null, recorded_at: '' }),
          ),
        ),
    );
    const { queue, state } = begin(send);
    queue.put('n1', away);
    queue.put('n1', { ...away, duration_s: 4 });
    replies[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(send).toHaveBeenLastCalledWith('n1', { ...away, duration_s: 4 });
    replies[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(state('n1')).toBe('kept');
  });

  test('keeps trying without a network, in order', async () => {
    const send = server();
    send.mockRejectedValueOnce(new ProblemError('network', 0));
    const { queue, state } = begin(send);
    queue.put('n1', paste);
    queue.put('n2', away);
    await vi.advanceTimersByTimeAsync(0);
    expect(state('n1')).toBe('waiting');
    await vi.advanceTimersByTimeAsync(2000);
    expect(send.mock.calls.map(([id]) => id)).toEqual(['n1', 'n1', 'n2']);
    expect(state('n2')).toBe('kept');
  });

  test('survives a reload: the next page sends what this one could not', async () => {
    const first = begin(vi.fn<Send>(() => Promise.reject(new ProblemError('network', 0))));
    first.queue.put('n1', paste);
    await vi.advanceTimersByTimeAsync(0);
    first.queue.end();

    const send = server();
    const { state } = begin(send);
    await vi.advanceTimersByTimeAsync(0);
    expect(send).toHaveBeenCalledExactlyOnceWith('n1', paste);
    expect(state('n1')).toBe('kept');
    expect(unsent()).toBeNull();
  });

  test('does not press on with what the server will never take, and goes on with the next', async () => {
    const send = server();
    send.mockRejectedValueOnce(new ProblemError('notices-full', 409));
    const { queue, state } = begin(send);
    queue.put('n1', paste);
    queue.put('n2', away);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(state('n1')).toBe('refused');
    expect(state('n2')).toBe('kept');
  });
});
