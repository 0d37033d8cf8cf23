import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { interviewQuery } from '@/api/interviews/get-interview';
import type { CaptureId } from '@/api/types';
import { at, enter, heard, queries, setTheStage, sheet, sitting, strip } from '@/features/room/testing/stage';
import { stubDevices } from '@/testing/devices';
import { exampleOffer } from '@/testing/room-offer';
import { problem, type Reply } from '@/testing/server';

setTheStage();

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

/** The open panel, with the server's answer to "speaking is agreed to" still to come. */
async function asking(table: Record<string, Reply> = {}) {
  const user = userEvent.setup();
  let answer: (reply: unknown) => void = () => undefined;
  const calls = enter([], {
    'PUT /api/interviews/i1/consents/audio_transcription': () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    'DELETE /api/interviews/i1/consents/audio_transcription': () => consented('audio_transcription', true),
    ...table,
  });
  await user.click(strip());
  const panel = within(await screen.findByRole('dialog'));
  const speaking = await panel.findByRole<HTMLInputElement>('switch', { name: 'Speaking' });
  await user.click(speaking);
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  const told = () => calls.filter(({ method }) => method === 'DELETE').length;
  return { user, calls, panel, speaking, told, answer: (reply: unknown) => answer(reply) };
}

test('a switch is taken back while the server is asked, whatever the server says first', async () => {
  const { user, panel, speaking, told, answer } = await asking();
  await user.click(speaking);
  panel.getByText('It is off. The server is told…');
  act(() => {
    queries.setQueryData(interviewQuery('i1').queryKey, sitting('audio_transcription'));
  });
  expect(speaking.checked).toBe(false);
  expect(told()).toBe(0);
  answer(consented('audio_transcription'));
  await waitFor(() => expect(told()).toBe(1));
  await waitFor(() => expect(panel.queryByText(/told…/)).toBeNull());
  expect(speaking.checked).toBe(false);
  expect(panel.queryByRole('alert')).toBeNull();
});

test('what was taken back while the server was asked stays off over a reload, and the server is told', async () => {
  const { user, speaking } = await asking();
  await user.click(speaking);
  cleanup();
  const calls = enter(['audio_transcription'], {
    'DELETE /api/interviews/i1/consents/audio_transcription': () => consented('audio_transcription', true),
  });
  await screen.findByRole('button', { name: 'Speak instead' });
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
});

test('only what became of the last press is told', async () => {
  const { user, panel, speaking, told, answer } = await asking({
    'DELETE /api/interviews/i1/consents/audio_transcription': () => problem(404, 'consent-not-found'),
  });
  await user.click(speaking);
  answer(problem(503, 'service-unavailable'));
  await waitFor(() => expect(told()).toBe(1));
  await waitFor(() => expect(panel.queryByText(/told…/)).toBeNull());
  expect(panel.queryByRole('alert')).toBeNull();
  expect(speaking.checked).toBe(false);
});

test('off and on again while the server is asked ends on, without having been off in between', async () => {
  let agreed: CaptureId[] = [];
  const { user, calls, speaking, told, answer } = await asking({
    'GET /api/interviews/i1': () => sitting(...agreed),
  });
  await user.click(speaking);
  await user.click(speaking);
  agreed = ['audio_transcription'];
  answer(consented('audio_transcription'));
  await waitFor(() => expect(calls.filter(({ method }) => method === 'PUT')).toHaveLength(2));
  answer(consented('audio_transcription'));
  await waitFor(() => expect(speaking.checked).toBe(true));
  expect(told()).toBe(0);
});

test('what only waited for its turn is taken back without a word to the server', async () => {
  const { user, calls, panel, told, answer } = await asking();
  const notices = panel.getByRole<HTMLInputElement>('switch', { name: 'Notices' });
  await user.click(notices);
  await user.click(notices);
  answer(consented('audio_transcription'));
  await waitFor(() => expect(panel.queryByText(/told…|Switching on/)).toBeNull());
  expect(notices.checked).toBe(false);
  expect(panel.queryByRole('alert')).toBeNull();
  expect([calls.filter(({ method }) => method === 'PUT').length, told()]).toEqual([1, 0]);
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
