import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { createQueryClient } from '@/api/query-client';
import type { AnswerSpeech } from '@/features/room/speech/use-answer-speech';
import { exampleInterview } from '@/testing/example-interview';
import { stubServer } from '@/testing/server';

import type { Draft } from './use-draft';
import { useHandIn } from './use-hand-in';

const draft = { text: 'What was heard.', state: { status: 'saved' }, end: () => undefined } as Draft;
const missing = [{ take: 't', seq: 1 }] as unknown as AnswerSpeech['missing'];

function speech(more: Partial<AnswerSpeech>): AnswerSpeech {
  const ends = { stop: () => undefined, discard: () => undefined, forgetHeard: () => undefined };
  return { status: 'idle', pending: 0, missing: [], answerHeard: null, ...ends, ...more } as AnswerSpeech;
}

function begin() {
  rememberCsrfToken('token');
  const calls = stubServer({ 'POST /api/interviews/i1/questions/q1/answers': () => exampleInterview() });
  const queries = createQueryClient();
  const hook = renderHook((now: Partial<AnswerSpeech>) => useHandIn('i1', 'q1', draft, speech(now)), {
    initialProps: { status: 'listening' },
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    ),
  });
  act(() => void hook.result.current.handIn());
  hook.rerender({ status: 'finishing', pending: 2 });
  expect(hook.result.current.waiting).toBe(true);
  expect(calls).toEqual([]);
  return { calls, hook };
}

afterEach(() => vi.unstubAllGlobals());

test('hands in by itself when the last words are written down', async () => {
  const { calls, hook } = begin();
  hook.rerender({ status: 'idle' });
  await waitFor(() => expect(calls).toHaveLength(1));
});

test('a part that is missing wants a look: putting its mark away hands nothing in, the next press does', async () => {
  const { calls, hook } = begin();
  hook.rerender({ status: 'idle', missing });
  expect(hook.result.current.waiting).toBe(false);
  hook.rerender({ status: 'idle' });
  expect(hook.result.current.busy).toBe(false);
  act(() => void hook.result.current.handIn());
  await waitFor(() => expect(calls).toHaveLength(1));
});
