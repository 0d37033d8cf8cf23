import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { createQueryClient } from '@/api/query-client';
import type { CaptureId, Interview } from '@/api/types';
import { CapturesProvider } from '@/features/room/captures/captures-provider';
import { removeDevices, stubDevices } from '@/testing/devices';
import { exampleInterview } from '@/testing/example-interview';
import { exampleOffer } from '@/testing/room-offer';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

import { BeforeStart } from './before-start';
import { StartSummary } from './start-summary';

const queries = createQueryClient();
let getUserMedia: ReturnType<typeof stubDevices>;

function ready(...agreed: CaptureId[]): Interview {
  return exampleInterview({
    status: 'ready',
    consents: agreed.map((capture) => ({ capture, version: '1', given_at: '2026-01-01T10:00:00Z' })),
  });
}

function Stage() {
  const interview = useQuery({ ...interviewQuery('i1'), staleTime: Infinity }).data;
  if (interview === undefined) return null;
  return (
    <CapturesProvider interview={interview}>
      <BeforeStart />
      <StartSummary />
    </CapturesProvider>
  );
}

function enter(table: Record<string, Reply> = {}): Call[] {
  // What the server holds; switching changes it, as there.
  let agreed: CaptureId[] = [];
  const consent = (call: Call, withdrawn: boolean) => {
    const capture = call.path.split('/').at(-1) as CaptureId;
    agreed = withdrawn ? agreed.filter((one) => one !== capture) : [...agreed, capture];
    const at = '2026-01-01T10:00:00Z';
    return { capture, version: '1', statement: '', given_at: at, withdrawn_at: withdrawn ? at : null };
  };
  const calls = stubServer({
    'GET /api/room': () => exampleOffer(),
    'GET /api/interviews/i1': () => ready(...agreed),
    'PUT /api/interviews/i1/consents/*': (call) => consent(call, false),
    'DELETE /api/interviews/i1/consents/*': (call) => consent(call, true),
    ...table,
  });
  queries.setQueryData(interviewQuery('i1').queryKey, ready());
  render(
    <QueryClientProvider client={queries}>
      <Stage />
    </QueryClientProvider>,
  );
  return calls;
}

const consents = (calls: Call[]) =>
  calls
    .filter(({ path }) => path.includes('/consents/'))
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

beforeEach(() => {
  rememberCsrfToken('token');
  getUserMedia = stubDevices();
});
afterEach(() => {
  cleanup();
  queries.clear();
  sessionStorage.clear();
  vi.unstubAllGlobals();
  removeDevices();
});

test('nothing is on and no device is asked for until something is chosen', async () => {
  enter();
  for (const control of await screen.findAllByRole<HTMLInputElement>('switch'))
    expect(control.checked).toBe(false);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Off/ }).checked).toBe(true);
  screen.getByText('Nothing is recorded or watched. You type your answers.');
  expect(getUserMedia).not.toHaveBeenCalled();
});

test('a switch agrees on the server, asks for its device only then, and takes back', async () => {
  const user = userEvent.setup();
  const calls = enter();
  await user.click(await screen.findByRole('switch', { name: 'Notices' }));
  await screen.findByText(/On: notices from camera and page/);
  expect(consents(calls)).toEqual(['PUT face_monitoring']);
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ version: '1' });
  await waitFor(() => expect(getUserMedia).toHaveBeenCalledTimes(1));
  expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({ audio: false });

  // Refused: what happened, what still works, what to do.
  const trouble = await screen.findByRole('alert');
  expect(trouble.textContent).toContain('The browser does not let this page use the camera.');
  expect(trouble.textContent).toContain('still works');
  await user.click(within(trouble).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(getUserMedia).toHaveBeenCalledTimes(2));

  await user.click(screen.getByRole('switch', { name: 'Notices' }));
  await screen.findByText('Nothing is recorded or watched. You type your answers.');
  expect(consents(calls)).toEqual(['PUT face_monitoring', 'DELETE face_monitoring']);
});

test('what the server does not take stays off, with the reason', async () => {
  const user = userEvent.setup();
  enter({ 'PUT /api/interviews/i1/consents/*': () => problem(503, 'service-unavailable') });
  await user.click(await screen.findByRole('switch', { name: 'Speaking' }));
  await screen.findByRole('alert');
  expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Speaking' }).checked).toBe(false);
  expect(getUserMedia).not.toHaveBeenCalled();
});

test('recording on this device only tells the server nothing', async () => {
  const user = userEvent.setup();
  const calls = enter();
  await user.click(await screen.findByRole('radio', { name: /^Only on this device/ }));
  await screen.findByText(/On: recording on this device/);
  expect(consents(calls)).toEqual([]);
  await user.click(screen.getByRole('radio', { name: /^On the server/ }));
  await screen.findByText(/On: recording on the server/);
  expect(consents(calls)).toEqual(['PUT video_recording']);
});

test('without the offer everything else still works', async () => {
  enter({ 'GET /api/room': () => problem(403, 'forbidden') });
  await screen.findByRole('alert');
  screen.getByText('Nothing is recorded or watched. You type your answers.');
  screen.getByRole('button', { name: 'Play a sound' });
});
