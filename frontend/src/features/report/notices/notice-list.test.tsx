import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';

import { createQueryClient } from '@/api/query-client';
import { rememberCsrfToken } from '@/api/client';
import { noticesQuery } from '@/api/room/list-notices';
import type { Notice } from '@/api/types';
import { exampleQuestion } from '@/testing/example-interview';
import { problem, stubServer, type Reply } from '@/testing/server';

import { NoticeList } from './notice-list';

const hidden: Notice = {
  id: 'n1',
  kind: 'page_hidden',
  question_id: 'q2',
  started_at: '2026-01-01T10:01:00Z',
  duration_s: 9,
  confidence: null,
  reason: 'The page was hidden for 9 s.',
  reply: null,
  replied_at: null,
  recorded_at: '2026-01-01T10:01:09Z',
};
const off: Notice = {
  ...hidden,
  id: 'n2',
  kind: 'monitoring_off',
  question_id: null,
  confidence: 0.62,
  reason: 'The camera picture was not watched for 9 s.',
};

function Page({ onWatch }: { onWatch: (notice: Notice) => void }) {
  const { data } = useQuery(noticesQuery('i1'));
  if (data === undefined) return null;
  return (
    <NoticeList
      interviewId="i1"
      notices={data}
      questions={[exampleQuestion(1), exampleQuestion(2)]}
      placeOf={({ id }) => (id === 'n1' ? 61 : null)}
      onWatch={onWatch}
    />
  );
}

async function open(reply: Reply, notices = [hidden, off]) {
  rememberCsrfToken('token');
  const calls = stubServer({
    'GET /api/interviews/i1/notices': () => notices,
    'PUT /api/interviews/i1/notices/n1/reply': reply,
  });
  const onWatch = vi.fn();
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Page onWatch={onWatch} />
    </QueryClientProvider>,
  );
  await screen.findByText(/never in a score/i);
  return { calls, onWatch };
}

async function write(text: string) {
  await userEvent.click(screen.getByRole('button', { name: /^Reply to: The page was hidden/ }));
  await userEvent.type(screen.getByLabelText('What was it?'), text);
}

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

test('gaps stand apart from what was noticed, each with its question and how sure it is', async () => {
  await open(() => hidden);
  const noticed = screen.getByRole('list', { name: 'What was noticed' });
  expect(within(noticed).getByText(/question 2/).textContent).not.toContain('detector');
  const gaps = screen.getByRole('list', { name: 'When nothing could be said' });
  expect(within(gaps).getByText(/between questions · the detector was fairly sure/)).toBeDefined();
});

test('a reply is saved and stands in place of the field', async () => {
  const { calls } = await open(({ body }) => ({
    ...hidden,
    reply: (body as { text: string }).text,
    replied_at: '2026-01-01T11:00:00Z',
  }));
  await write('  I looked for the switch. ');
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  await screen.findByText('I looked for the switch.');
  expect(calls.at(-1)?.body).toEqual({ text: 'I looked for the switch.' });
  expect(screen.queryByLabelText('What was it?')).toBeNull();
  expect(screen.getByRole('button', { name: /^Change the reply/ })).toBeDefined();
});

test('a reply that could not be saved keeps its words, and the same button tries again', async () => {
  let failing = true;
  const { calls } = await open(() =>
    failing ? problem(503, 'service-unavailable') : { ...hidden, reply: 'The lights went out.' },
  );
  await write('The lights went out.');
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  await screen.findByRole('alert');
  expect(screen.getByLabelText<HTMLTextAreaElement>('What was it?').value).toBe('The lights went out.');
  failing = false;
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  await waitFor(() => expect(screen.queryByLabelText('What was it?')).toBeNull());
  expect(calls.filter(({ method }) => method === 'PUT')).toHaveLength(2);
});

test('words that could not be saved are there again after a reload, until they are saved', async () => {
  await open(() => problem(503, 'service-unavailable'));
  await write('The lights went out.');
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  await screen.findByRole('alert');
  cleanup();

  await open(() => ({ ...hidden, reply: 'The lights went out.' }));
  const field = screen.getByLabelText<HTMLTextAreaElement>('What was it?');
  expect(field.value).toBe('The lights went out.');
  expect(document.activeElement).not.toBe(field);
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  await screen.findByRole('button', { name: /^Change the reply/ });
  cleanup();

  await open(() => hidden);
  expect(screen.queryByLabelText('What was it?')).toBeNull();
});

test('a reply that is too long is kept whole, counted, and not sent', async () => {
  const { calls } = await open(() => hidden);
  await write(' ');
  await userEvent.paste('x'.repeat(2003));
  expect(screen.getByText(/^3 characters too many/)).toBeDefined();
  expect(screen.getByLabelText<HTMLTextAreaElement>('What was it?').value).toHaveLength(2004);
  await userEvent.click(screen.getByRole('button', { name: 'Save reply' }));
  expect(calls.filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('a notice that the video shows leads there, and one it does not show does not', async () => {
  const { onWatch } = await open(() => hidden);
  await userEvent.click(screen.getByRole('button', { name: /^Watch at 1:01/ }));
  expect(onWatch).toHaveBeenCalledWith(hidden);
  expect(screen.getAllByRole('button', { name: /^Watch/ })).toHaveLength(1);
});

test('a long reply shows its beginning until it is asked for', async () => {
  await open(() => hidden, [{ ...hidden, reply: `${'a '.repeat(300)}end` }]);
  expect(screen.queryByText(/end$/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show the whole reply' }));
  expect(screen.getByText(/end$/)).toBeDefined();
});
