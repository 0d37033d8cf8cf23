import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import type { Sample } from '@/lib/face/types';
import { stubServer } from '@/testing/server';

import { usePresence } from './use-presence';

const smile: Sample = {
  at: 0,
  faces: 1,
  doubtful: 0,
  yaw: 2,
  pitch: 7,
  confidence: 0.9,
  size: 0.5,
  cut: false,
  expression: 'happy',
  brightness: 0.4,
  tookMs: 50,
};

function begin() {
  rememberCsrfToken('token');
  const calls = stubServer({ 'PUT /api/interviews/i1/questions/*': () => ({}) });
  const props = { interviewId: 'i1', active: true, questionId: 'q1', baseline: () => null, degrees: 12 };
  const hook = renderHook(usePresence, { initialProps: props });
  hook.result.current(smile);
  return {
    calls,
    see: () => hook.result.current(smile),
    change: (more: Partial<typeof props>) => hook.rerender({ ...props, ...more }),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test('the counts of an answer are sent when the next question comes', async () => {
  const { calls, change } = begin();
  change({ questionId: 'q2' });
  await waitFor(() => expect(calls).toHaveLength(1));
  expect(calls[0]).toMatchObject({
    path: '/api/interviews/i1/questions/q1/presence',
    body: { samples: 1, readable: 1, expressions: { happy: 1 } },
  });
});

test('when the consent is taken back the counts are not sent any more', async () => {
  const { calls, see, change } = begin();
  change({ active: false });
  // Agreed to once more, for the next answer.
  change({ questionId: 'q2' });
  see();
  change({ questionId: 'q3' });
  await waitFor(() =>
    expect(calls.map(({ path }) => path)).toContain('/api/interviews/i1/questions/q2/presence'),
  );
  expect(calls).toHaveLength(1);
});
