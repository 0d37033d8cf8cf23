import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import type { NewNotice } from '@/api/types';
import { FakeRecognition, stubDevices } from '@/testing/devices';
import { fakeStream, FakeStream } from '@/testing/media-fakes';
import { exampleInterview, exampleQuestion } from '@/testing/example-interview';
import { type Call } from '@/testing/server';

import { at, enter, heard, queries, setTheStage, sheet, sitting, strip } from './testing/stage';

setTheStage();

const next = exampleInterview({
  version: 6,
  current_question_id: 'q2',
  questions: [
    exampleQuestion(1, { status: 'submitted', text: 'Which bug taught you the most?' }),
    exampleQuestion(2, { status: 'asked', text: 'How do you decide what to test?', asked_at: at }),
  ],
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

test('half a minute to think is offered, never forced', async () => {
  const user = userEvent.setup();
  enter([]);
  await user.click(screen.getByRole('button', { name: /seconds to think/ }));
  expect(screen.getByRole('timer', { name: 'Time to think' }).textContent).toBe('30 s to think');
  await user.click(screen.getByRole('button', { name: 'I am ready' }));
  expect(screen.queryByRole('timer', { name: 'Time to think' })).toBeNull();
});
