import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { createQueryClient } from '@/api/query-client';
import type { CaptureId, NewNotice } from '@/api/types';
import { CapturesProvider } from '@/features/room/captures/captures-provider';
import { Room } from '@/features/room/room';
import { FakeRecognition, removeDevices, stubDevices } from '@/testing/devices';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { exampleOffer } from '@/testing/room-offer';
import { stubServer, type Call, type Reply } from '@/testing/server';

export const queries = createQueryClient();
export const at = '2026-01-01T10:00:00Z';

/** An interview at its first question, with these captures agreed to. */
export function sitting(...agreed: CaptureId[]) {
  const now = new Date().toISOString();
  return exampleInterview({
    started_at: now,
    consents: agreed.map((capture) => ({ capture, version: '1', given_at: at })),
    questions: [
      exampleQuestion(1, { status: 'asked', text: 'Which bug taught you the most?', asked_at: now }),
      exampleQuestion(2),
    ],
  });
}

function Stage() {
  const interview = useQuery({ ...interviewQuery('i1'), staleTime: Infinity }).data;
  const question = interview?.questions.find(({ id }) => id === interview.current_question_id);
  return interview === undefined || question === undefined ? null : (
    <CapturesProvider interview={interview}>
      <Room key={question.id} interview={interview} question={question} />
    </CapturesProvider>
  );
}

/** The room, with answers of the server beside the usual ones. */
export function enter(agreed: CaptureId[], table: Record<string, Reply> = {}): Call[] {
  const calls = stubServer({
    'GET /api/room': () => exampleOffer(),
    'GET /api/interviews/i1': () => sitting(...agreed),
    'PUT /api/interviews/i1/questions/q1/draft': () => ({ revision: 1, saved_at: at }),
    'PUT /api/interviews/i1/notices/*': (call) => ({
      ...(call.body as NewNotice),
      id: call.path.split('/').at(-1),
      reason: '3 characters were pasted.',
      reply: null,
      replied_at: null,
      recorded_at: at,
    }),
    ...table,
  });
  queries.setQueryData(interviewQuery('i1').queryKey, sitting(...agreed));
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={createMemoryRouter([{ path: '/', Component: Stage }])} />
    </QueryClientProvider>,
  );
  return calls;
}

export const sheet = () => screen.getByLabelText<HTMLTextAreaElement>('Your answer');
export const strip = () => screen.getByRole('button', { name: /^What is on:/ });

/** The recogniser, once it listens. */
export async function heard(): Promise<FakeRecognition> {
  await waitFor(() => expect(FakeRecognition.last).not.toBeNull());
  await screen.findByText('Listening');
  return FakeRecognition.last ?? new FakeRecognition();
}

/** Each test has a browser of its own, whose devices are refused. */
export function setTheStage(): void {
  beforeEach(() => {
    rememberCsrfToken('token');
    window.scrollTo = vi.fn();
    FakeRecognition.last = null;
    vi.stubGlobal('SpeechRecognition', FakeRecognition);
    stubDevices();
  });
  afterEach(() => {
    cleanup();
    queries.clear();
    sessionStorage.clear();
    localStorage.clear();
    vi.unstubAllGlobals();
    removeDevices();
  });
}
