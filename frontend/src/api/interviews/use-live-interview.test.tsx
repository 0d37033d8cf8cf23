import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import type { Interview } from '@/api/types';
import { exampleInterview } from '@/testing/example-interview';
import { stubServer } from '@/testing/server';

import { useLiveInterview } from './use-live-interview';

class HandSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: HandSource[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    HandSource.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(interview: Interview): void {
    this.dispatchEvent(new MessageEvent('interview', { data: JSON.stringify(interview) }));
  }
}

function Probe() {
  const { data, live } = useLiveInterview('i1');
  return (
    <p>
      {data === undefined ? 'nothing' : `version ${data.version}, ${data.status}`}, {live}
    </p>
  );
}

const queries = createQueryClient();

beforeEach(() => {
  HandSource.all = [];
  vi.stubGlobal('EventSource', HandSource);
  queries.clear();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show() {
  render(
    <QueryClientProvider client={queries}>
      <Probe />
    </QueryClientProvider>,
  );
}

test('an event replaces the snapshot, an older one does not, and a settled interview closes the stream', async () => {
  const calls = stubServer({ 'GET /api/interviews/i1': () => exampleInterview({ version: 5 }) });
  show();
  await screen.findByText(/version 5/);
  const source = HandSource.all[0];
  expect(source?.url).toBe('/api/interviews/i1/events');

  act(() => source?.say(exampleInterview({ version: 7 })));
  await screen.findByText(/version 7/);
  act(() => source?.say(exampleInterview({ version: 6 })));
  expect(queries.getQueryData<Interview>(['interview', 'i1'])?.version).toBe(7);

  // A slow answer to an earlier request is older news, too.
  await act(() => queries.invalidateQueries({ queryKey: ['interview', 'i1'] }));
  expect(calls).toHaveLength(2);
  expect(queries.getQueryData<Interview>(['interview', 'i1'])?.version).toBe(7);

  act(() => source?.say(exampleInterview({ version: 8, status: 'completed', report_status: 'done' })));
  await screen.findByText(/version 8, completed/);
  await waitFor(() => expect(source?.readyState).toBe(2));
});

test('every new version makes the report stale', async () => {
  stubServer({ 'GET /api/interviews/i1': () => exampleInterview({ version: 5 }) });
  show();
  await screen.findByText(/version 5/);
  queries.setQueryData(['report', 'i1'], { old: true });
  act(() => HandSource.all[0]?.say(exampleInterview({ version: 6 })));
  await waitFor(() => expect(queries.getQueryState(['report', 'i1'])?.isInvalidated).toBe(true));
});

test('while the events are broken the interview is asked for instead', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let version = 4;
  stubServer({ 'GET /api/interviews/i1': () => exampleInterview({ version: ++version }) });
  show();
  await screen.findByText(/version 5/);
  act(() => HandSource.all[0]?.onerror?.());
  await screen.findByText(/broken/);
  await act(() => vi.advanceTimersByTimeAsync(4100));
  await screen.findByText(/version 6/);
  vi.useRealTimers();
});
