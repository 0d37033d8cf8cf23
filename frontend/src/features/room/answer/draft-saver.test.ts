import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { ProblemError } from '@/api/problem';

import { DraftSaver, type DraftState } from './draft-saver';

type Save = (
  draft: { text: string; revision: number },
  keepalive: boolean,
) => Promise<{ revision: number; saved_at: string }>;

function begin(save: Save, text = '', revision = 0) {
  const states: DraftState[] = [];
  const saver = new DraftSaver({
    start: { text, revision, savedAt: null },
    save,
    onState: (state) => states.push(state),
  });
  return { saver, status: () => states.at(-1)?.status, last: () => states.at(-1) };
}

function server() {
  let revision = 0;
  return vi.fn<Save>(() => Promise.resolve({ revision: ++revision, saved_at: '2026-01-01T00:00:00Z' }));
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('DraftSaver', () => {
  test('saves once after a pause, not at every key', async () => {
    const save = server();
    const { saver, status } = begin(save);
    saver.change('I');
    saver.change('I st');
    saver.change('I stopped');
    expect(status()).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(1500);
    expect(save).toHaveBeenCalledExactlyOnceWith({ text: 'I stopped', revision: 0 }, false);
    expect(status()).toBe('saved');
  });

  test('saves every few seconds while typing goes on without a pause', async () => {
    const save = server();
    const { saver } = begin(save);
    for (let second = 0; second < 14; second += 1) {
      saver.change('x'.repeat(second + 1));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(save).toHaveBeenCalledTimes(2);
  });

  test('sends the revision it was told, one request at a time', async () => {
    const replies: (() => void)[] = [];
    const save = vi.fn<Save>(
      (draft) =>
        new Promise((resolve) =>
          replies.push(() => resolve({ revision: draft.revision + 1, saved_at: '2026-01-01T00:00:00Z' })),
        ),
    );
    const { saver, status } = begin(save, 'old', 4);
    saver.change('first');
    await vi.advanceTimersByTimeAsync(1500);
    saver.change('second');
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
    replies[0]?.();
    await vi.advanceTimersByTimeAsync(1500);
    expect(save).toHaveBeenLastCalledWith({ text: 'second', revision: 5 }, false);
    replies[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toBe('saved');
  });

  test('keeps trying while the network is gone, later each time, and says so', async () => {
    const save = server();
    save.mockRejectedValueOnce(new ProblemError('network', 0));
    save.mockRejectedValueOnce(new ProblemError('network', 0));
    const { saver, status } = begin(save);
    saver.change('kept');
    await vi.advanceTimersByTimeAsync(1500);
    expect(status()).toBe('offline');
    await vi.advanceTimersByTimeAsync(2000);
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3900);
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(status()).toBe('saved');
    expect(save).toHaveBeenLastCalledWith({ text: 'kept', revision: 0 }, false);
  });

  test('does not repeat a text the server will never take', async () => {
    const save = server();
    save.mockRejectedValueOnce(new ProblemError('answer-too-long', 422));
    const { saver, status } = begin(save);
    saver.change('long');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(status()).toBe('failed');
    saver.change('shorter');
    await vi.advanceTimersByTimeAsync(1500);
    expect(status()).toBe('saved');
  });

  test('overwrites nobody: another tab’s text waits for a choice', async () => {
    const save = server();
    save.mockRejectedValueOnce(
      new ProblemError('draft-stale', 409, { extensions: { revision: 9, text: 'theirs' } }),
    );
    const { saver, last } = begin(save, 'old', 3);
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(1500);
    expect(last()).toMatchObject({ status: 'conflict', theirs: 'theirs' });
    saver.change('mine, longer');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);

    expect(saver.resolve('mine')).toBe('mine, longer');
    await vi.advanceTimersByTimeAsync(1500);
    expect(save).toHaveBeenLastCalledWith({ text: 'mine, longer', revision: 9 }, false);
    expect(last()).toMatchObject({ status: 'saved', theirs: null });
  });

  test('takes the other tab’s text without sending it again', async () => {
    const save = server();
    save.mockRejectedValueOnce(
      new ProblemError('draft-stale', 409, { extensions: { revision: 9, text: 'theirs' } }),
    );
    const { saver, status } = begin(save);
    saver.change('mine');
    await vi.advanceTimersByTimeAsync(1500);
    expect(saver.resolve('theirs')).toBe('theirs');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(status()).toBe('saved');
  });

  test('recognises its own text when only the reply was lost', async () => {
    const save = server();
    save.mockRejectedValueOnce(new ProblemError('network', 0));
    save.mockRejectedValueOnce(
      new ProblemError('draft-stale', 409, { extensions: { revision: 1, text: 'same' } }),
    );
    const { saver, last } = begin(save);
    saver.change('same');
    await vi.advanceTimersByTimeAsync(3500);
    expect(last()).toMatchObject({ status: 'saved', theirs: null });
  });

  test('flushes at once, also past a request under way, and stays quiet after the end', async () => {
    const save = server();
    const { saver } = begin(save);
    saver.change('leaving');
    await saver.flush(true);
    expect(save).toHaveBeenCalledExactlyOnceWith({ text: 'leaving', revision: 0 }, true);
    saver.change('handed in');
    saver.end();
    await saver.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('stops when the question is no longer open', async () => {
    const save = server();
    save.mockRejectedValueOnce(new ProblemError('question-not-open', 409));
    const { saver, status } = begin(save);
    saver.change('late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(status()).toBe('closed');
  });

  test('tells what a reload would lose, and what it goes on from', async () => {
    const save = server();
    const { saver } = begin(save, 'old', 3);
    expect(saver.unsaved).toBeNull();
    saver.change('older');
    expect(saver.unsaved).toEqual({ text: 'older', base: { text: 'old', revision: 3 } });
    await saver.flush();
    expect(saver.unsaved).toBeNull();

    save.mockRejectedValueOnce(
      new ProblemError('draft-stale', 409, { extensions: { revision: 9, text: 'theirs' } }),
    );
    saver.change('mine');
    await saver.flush();
    // Not the other tab's revision: with that, the next page would overwrite its words without asking.
    expect(saver.unsaved).toEqual({ text: 'mine', base: { text: 'older', revision: 0 } });
    saver.end();
    expect(saver.unsaved).toBeNull();
  });
});
