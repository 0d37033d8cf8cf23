import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { rememberCsrfToken } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { createQueryClient } from '@/api/query-client';
import type { CaptureId, NewNotice } from '@/api/types';
import { FakeRecognition, removeDevices, stubDevices } from '@/testing/devices';
import { fakeStream, FakeStream } from '@/testing/media-fakes';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { exampleOffer } from '@/testing/room-offer';
import { problem, stubServer, type Call, type Reply } from '@/testing/server';

import { CapturesProvider } from './captures/captures-provider';
import { Room } from './room';

const queries = createQueryClient();
const at = '2026-01-01T10:00:00Z';

function sitting(...agreed: CaptureId[]) {
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

const next = exampleInterview({
  version: 6,
  current_question_id: 'q2',
  questions: [
    exampleQuestion(1, { status: 'submitted', text: 'Which bug taught you the most?' }),
    exampleQuestion(2, { status: 'asked', text: 'How do you decide what to test?', asked_at: at }),
  ],
});

function Stage() {
  const interview = useQuery({ ...interviewQuery('i1'), staleTime: Infinity }).data;
  const question = interview?.questions.find(({ id }) => id === interview.current_question_id);
  return interview === undefined || question === undefined ? null : (
    <CapturesProvider interview={interview}>
      <Room key={question.id} interview={interview} question={question} />
    </CapturesProvider>
  );
}

function enter(agreed: CaptureId[], table: Record<string, Reply> = {}): Call[] {
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

const sheet = () => screen.getByLabelText<HTMLTextAreaElement>('Your answer');
const strip = () => screen.getByRole('button', { name: /^What is on:/ });

async function heard(): Promise<FakeRecognition> {
  await waitFor(() => expect(FakeRecognition.last).not.toBeNull());
  await screen.findByText('Listening');
  return FakeRecognition.last ?? new FakeRecognition();
}

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

test('what is heard is provisional until it is certain, and is handed in as spoken', async () => {
  const user = userEvent.setup();
  const calls = enter(['audio_transcription'], {
    'POST /api/interviews/i1/questions/q1/answers': () => next,
  });
  await user.click(await screen.findByRole('button', { name: /^Speak/ }));
  const ear = await heard();
  screen.getByText(/your voice goes to your browser’s maker/);
  expect(strip().textContent).toContain('Microphone on');

  act(() => ear.say('the one with', false));
  screen.getByText('the one with');
  expect(sheet().value).toBe('');
  act(() => ear.say('the one with the time zones', true));
  await waitFor(() => expect(sheet().value).toBe('the one with the time zones'));

  await user.click(screen.getByRole('button', { name: /^Stop/ }));
  await waitFor(() => expect(strip().textContent).toContain('Microphone off'));
  await user.type(sheet(), ', corrected');
  await user.click(screen.getByRole('button', { name: 'Hand in answer' }));
  await screen.findByRole('heading', { level: 1, name: 'How do you decide what to test?' });
  expect(calls.find(({ path }) => path.endsWith('/answers'))?.body).toEqual({
    text: 'the one with the time zones, corrected',
    source: 'voice',
    heard: { engine: 'browser', text: 'the one with the time zones' },
  });
});

test('Ctrl + M speaks and stops; thinking is said and ends nothing', async () => {
  const user = userEvent.setup();
  enter(['audio_transcription']);
  await screen.findByRole('button', { name: /^Speak/ });
  await user.keyboard('{Control>}m{/Control}');
  await heard();
  await user.click(screen.getByRole('button', { name: 'I am thinking' }));
  await screen.findByText('Listening, take your time');
  await user.keyboard('{Control>}m{/Control}');
  await screen.findByRole('button', { name: /^Speak/ });
});

test('leaving writes down the last words first, and says while they are not safe', async () => {
  const user = userEvent.setup();
  enter(['audio_transcription']);
  await user.click(await screen.findByRole('button', { name: /^Speak/ }));
  const ear = await heard();
  act(() => ear.say('and one thing more', false));
  await user.click(screen.getByRole('button', { name: /^Leave/ }));
  const dialog = await screen.findByRole('dialog');
  within(dialog).getByText(/has not been saved yet/);
  await waitFor(() => expect(sheet().value).toBe('and one thing more'));
  expect(strip().textContent).toContain('Microphone off');
  await within(dialog).findByText(/What you wrote is saved/);
});

test('a recogniser that fails says so, and typing goes on', async () => {
  const user = userEvent.setup();
  enter(['audio_transcription']);
  await user.click(await screen.findByRole('button', { name: /^Speak/ }));
  const ear = await heard();
  act(() => ear.fail('service-not-allowed'));
  const trouble = await screen.findByRole('alert');
  expect(trouble.textContent).toContain('You can type');
  within(trouble).getByRole('button', { name: 'Try again' });
  await user.type(sheet(), 'Typed.');
  expect(sheet().value).toBe('Typed.');
});

test('without the consent nothing listens, and speaking shows where it is agreed to', async () => {
  const user = userEvent.setup();
  enter([]);
  expect(strip().textContent).toContain('Nothing is recorded or watched');
  await user.click(await screen.findByRole('button', { name: 'Speak instead' }));
  const panel = await screen.findByRole('dialog', { name: 'What is on' });
  within(panel).getByRole('switch', { name: 'Speaking' });
  expect(FakeRecognition.last).toBeNull();
});

test('without the consent no paste is noticed; with it the first is a word, the second a notice to answer', async () => {
  const user = userEvent.setup();
  const untold = enter([]);
  await screen.findByRole('button', { name: 'Speak instead' });
  fireEvent.paste(sheet(), { clipboardData: { getData: () => 'abc' } });
  expect(screen.queryByText(/Text was pasted/)).toBeNull();
  expect(untold.some(({ path }) => path.includes('/notices/'))).toBe(false);
  cleanup();
  queries.clear();

  const calls = enter(['face_monitoring'], {
    'PUT /api/interviews/i1/notices/*': (call) => {
      const id = call.path.split('/').at(5) ?? '';
      const body = call.body as NewNotice & { text?: string };
      return {
        ...body,
        kind: 'paste',
        started_at: at,
        duration_s: 0,
        id,
        reason: '3 characters were pasted.',
        reply: body.text ?? null,
        replied_at: null,
        recorded_at: at,
      };
    },
  });
  await waitFor(() => expect(strip().textContent).toMatch(/monitoring|watch/i));
  await screen.findByText(/Face monitoring is off since/, { selector: 'strong' });
  fireEvent.paste(sheet(), { clipboardData: { getData: () => 'abc' } });
  await screen.findByText(/Text was pasted into the answer\./);
  expect(calls.some(({ path }) => path.includes('/notices/'))).toBe(false);
  fireEvent.paste(sheet(), { clipboardData: { getData: () => 'abc' } });
  await screen.findByText('3 characters were pasted.');

  await user.click(screen.getByRole('button', { name: 'Say what it was' }));
  const reply = screen.getByLabelText('Your words about it');
  expect(document.activeElement).toBe(reply);
  await user.type(sheet(), 'The answer goes on.');
  expect(document.activeElement).toBe(sheet());
  expect(sheet().value).toBe('The answer goes on.');
  fireEvent.paste(reply, { clipboardData: { getData: () => 'abc' } });
  await user.type(reply, 'My own notes.');
  await user.click(screen.getByRole('button', { name: 'Keep these words' }));
  await screen.findByText('“My own notes.”');
  const notices = calls.filter(({ path }) => path.includes('/notices/'));
  expect(new Set(notices.map(({ path }) => path.split('/').at(5))).size).toBe(1);
  expect(notices[0]?.body).toMatchObject({ kind: 'paste', question_id: 'q1' });
  expect(notices.at(-1)?.path).toMatch(/\/reply$/);
});

test('a recording without sound is said while it can be helped', async () => {
  vi.stubGlobal('MediaStream', FakeStream);
  stubDevices().mockImplementation((wanted) =>
    wanted.audio === false
      ? Promise.resolve(fakeStream('video').stream)
      : Promise.reject(new DOMException('', 'NotFoundError')),
  );
  enter(['video_recording']);
  const trouble = (await screen.findByText('No microphone was found.')).closest('[role="alert"]');
  expect(trouble?.textContent).toContain('The picture is recorded without sound.');
});

test('a reply without a network keeps its words, also over a reload, and is kept when it gets through', async () => {
  const user = userEvent.setup();
  const paste = () => fireEvent.paste(sheet(), { clipboardData: { getData: () => 'abc' } });
  const field = () => screen.findByLabelText<HTMLTextAreaElement>('Your words about it');
  let noticed = {};
  const keep = (call: Call) => {
    if (call.path.endsWith('/reply')) throw new TypeError('Failed to fetch');
    const id = call.path.split('/').at(-1);
    const more = { reason: '3 characters were pasted.', reply: null, replied_at: null, recorded_at: at };
    noticed = { ...(call.body as NewNotice), id, ...more };
    return noticed;
  };
  enter(['face_monitoring'], { 'PUT /api/interviews/i1/notices/*': keep });
  await screen.findByText(/Face monitoring is off since/, { selector: 'strong' });
  paste();
  await screen.findByText(/Text was pasted into the answer\./);
  paste();
  await screen.findByText('3 characters were pasted.');
  await user.click(screen.getByRole('button', { name: 'Say what it was' }));
  await user.type(await field(), 'My own notes.');
  await user.click(screen.getByRole('button', { name: 'Keep these words' }));
  await screen.findByRole('button', { name: 'Keep these words' });
  expect((await field()).value).toBe('My own notes.');
  cleanup();
  queries.clear();

  enter(['face_monitoring'], {
    'GET /api/interviews/i1/notices': () => [noticed],
    'PUT /api/interviews/i1/notices/*': (call) => ({
      ...noticed,
      reply: (call.body as { text: string }).text,
    }),
  });
  expect((await field()).value).toBe('My own notes.');
  await user.click(screen.getByRole('button', { name: 'Keep these words' }));
  await screen.findByText('“My own notes.”');
  expect(sessionStorage.getItem('ik-replies-i1')).toBeNull();
});

test('a camera that is refused is loud, the interview goes on, and one press goes on without it', async () => {
  const user = userEvent.setup();
  let withdrawn = false;
  enter(['face_monitoring'], {
    'GET /api/interviews/i1': () => sitting(...(withdrawn ? [] : (['face_monitoring'] as const))),
    'DELETE /api/interviews/i1/consents/face_monitoring': () => {
      withdrawn = true;
      return { capture: 'face_monitoring', version: '1', statement: '', given_at: at, withdrawn_at: at };
    },
  });
  await screen.findByText(/Face monitoring is off since/, { selector: 'strong' });
  await user.type(sheet(), 'Still here.');
  await user.click(screen.getByRole('button', { name: 'Go on without it' }));
  await waitFor(() => expect(strip().textContent).toContain('Nothing is recorded or watched'));
  expect(sheet().value).toBe('Still here.');
});

test('a consent taken back is off at once, over a reload too, and the server is told until it has heard', async () => {
  const user = userEvent.setup();
  const table: Record<string, Reply> = {
    'DELETE /api/interviews/i1/consents/audio_transcription': () => problem(503, 'service-unavailable'),
  };
  const calls = enter(['audio_transcription'], table);
  await user.click(await screen.findByRole('button', { name: /^Speak/ }));
  const ear = await heard();
  await user.click(strip());
  const panel = await screen.findByRole('dialog');
  const control = await within(panel).findByRole<HTMLInputElement>('switch', { name: 'Speaking' });
  await user.click(control);
  expect(control.checked).toBe(false);
  act(() => ear.say('this was said too late', true));
  expect(sheet().value).toBe('');
  await within(panel).findByRole('alert');
  within(panel).getByText(/It is off here. The server has not heard of it yet/);
  cleanup();

  enter(['audio_transcription'], table);
  await screen.findByRole('button', { name: 'Speak instead' });
  const told = () => calls.filter(({ method }) => method === 'DELETE').length;
  expect(told()).toBe(1);
  cleanup();

  const later = enter(['audio_transcription'], {
    'DELETE /api/interviews/i1/consents/audio_transcription': () => ({
      capture: 'audio_transcription',
      version: '1',
      statement: '',
      given_at: at,
      withdrawn_at: at,
    }),
  });
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(later.some(({ method }) => method === 'DELETE')).toBe(true));
});

test('one consent is taken back while the server has not answered about another', async () => {
  const user = userEvent.setup();
  const calls = enter(['audio_transcription', 'face_monitoring'], {
    'DELETE /api/interviews/i1/consents/audio_transcription': () => new Promise(() => undefined),
    'DELETE /api/interviews/i1/consents/face_monitoring': () => new Promise(() => undefined),
  });
  await user.click(strip());
  const panel = await screen.findByRole('dialog');
  for (const name of ['Speaking', 'Notices']) {
    const control = await within(panel).findByRole<HTMLInputElement>('switch', { name });
    await user.click(control);
    expect(control.checked).toBe(false);
  }
  const told = calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('/').at(-1));
  expect(told).toEqual(['audio_transcription', 'face_monitoring']);
});

function consented(capture: string, withdrawn = false) {
  return { capture, version: '1', statement: '', given_at: at, withdrawn_at: withdrawn ? at : null };
}

test('what is agreed to while another change is on its way is not lost', async () => {
  const user = userEvent.setup();
  let answer: (consent: object) => void = () => undefined;
  let agreed: CaptureId[] = ['face_monitoring'];
  const calls = enter(agreed, {
    'GET /api/interviews/i1': () => sitting(...agreed),
    'DELETE /api/interviews/i1/consents/face_monitoring': () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    'PUT /api/interviews/i1/consents/audio_transcription': () => {
      agreed = ['audio_transcription'];
      return consented('audio_transcription');
    },
  });
  await user.click(strip());
  const panel = await screen.findByRole('dialog');
  const speaking = await within(panel).findByRole<HTMLInputElement>('switch', { name: 'Speaking' });
  await user.click(within(panel).getByRole('switch', { name: 'Notices' }));
  await user.click(speaking);
  await within(panel).findByText('Switching on…');
  expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
  answer(consented('face_monitoring', true));
  await waitFor(() => expect(speaking.checked).toBe(true));
  expect(calls.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('a recording that is switched off while the server is asked for it never begins', async () => {
  const user = userEvent.setup();
  const camera = stubDevices();
  let answer: (consent: object) => void = () => undefined;
  const calls = enter([], {
    'PUT /api/interviews/i1/consents/video_recording': () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    'DELETE /api/interviews/i1/consents/video_recording': () => consented('video_recording', true),
  });
  await user.click(strip());
  const panel = await screen.findByRole('dialog');
  await user.click(await within(panel).findByRole('radio', { name: /^On the server/ }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  within(panel).getByText('Switching on…');
  await user.click(within(panel).getByRole('radio', { name: /^Off/ }));
  answer(consented('video_recording'));
  await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
  await waitFor(() => expect(within(panel).queryByText(/told…/)).toBeNull());
  expect(within(panel).getByRole<HTMLInputElement>('radio', { name: /^Off/ }).checked).toBe(true);
  expect(camera).not.toHaveBeenCalled();
});

test('what is being agreed to anew is not taken back behind it', async () => {
  const user = userEvent.setup();
  let reply: (consent: object) => void = () => undefined;
  const again = {
    capture: 'audio_transcription',
    version: '1',
    statement: '',
    given_at: at,
    withdrawn_at: null,
  };
  const calls = enter(['audio_transcription'], {
    'DELETE /api/interviews/i1/consents/audio_transcription': () => problem(503, 'service-unavailable'),
    'PUT /api/interviews/i1/consents/audio_transcription': () => new Promise((resolve) => (reply = resolve)),
  });
  await user.click(strip());
  const panel = await screen.findByRole('dialog');
  const control = await within(panel).findByRole<HTMLInputElement>('switch', { name: 'Speaking' });
  await user.click(control);
  await within(panel).findByRole('alert');
  await user.click(control);
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  window.dispatchEvent(new Event('online'));
  reply(again);
  await waitFor(() => expect(control.checked).toBe(true));
  expect(calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

test('what was agreed to in other words than today’s is not agreed to', async () => {
  enter(['audio_transcription'], {
    'GET /api/room': () =>
      exampleOffer({
        captures: exampleOffer().captures.map((capture) => ({ ...capture, version: '2' })),
      }),
  });
  await screen.findByRole('button', { name: 'Speak instead' });
});

test('half a minute to think is offered, never forced', async () => {
  const user = userEvent.setup();
  enter([]);
  await user.click(screen.getByRole('button', { name: /seconds to think/ }));
  expect(screen.getByRole('timer', { name: 'Time to think' }).textContent).toBe('30 s to think');
  await user.click(screen.getByRole('button', { name: 'I am ready' }));
  expect(screen.queryByRole('timer', { name: 'Time to think' })).toBeNull();
});
