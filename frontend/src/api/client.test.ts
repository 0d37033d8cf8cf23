import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { apiFetch, bodyOf, bytesOf, client, rememberCsrfToken } from './client';
import { ProblemError } from './problem';

const fetches = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  fetches.mockReset();
  vi.stubGlobal('fetch', fetches);
  rememberCsrfToken('first');
});
afterEach(() => vi.unstubAllGlobals());

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

const stale = () => json({ type: 'urn:interview-kit:problem:csrf-failed', title: '', status: 403 }, 403);

function sent(call: number): Request {
  const request = fetches.mock.calls[call]?.[0];
  if (request === undefined) throw new Error(`no call ${call}`);
  return request;
}

describe('apiFetch', () => {
  test('carries the token on changes only', async () => {
    fetches.mockImplementation(() => Promise.resolve(json({})));
    await client.GET('/api/session');
    await client.POST('/api/session', { body: { email: 'a@b.c', password: 'x' } });
    expect(sent(0).headers.get('X-CSRF-Token')).toBeNull();
    expect(sent(1).headers.get('X-CSRF-Token')).toBe('first');
  });

  test('asks for a fresh token once when the old one is refused, and sends the same body again', async () => {
    fetches
      .mockResolvedValueOnce(stale())
      .mockResolvedValueOnce(json({ user: null, csrf_token: 'second' }))
      .mockResolvedValueOnce(json({ done: true }));
    const response = await apiFetch(
      new Request('http://127.0.0.1:3000/api/session', { method: 'POST', body: '{"email":"a@b.c"}' }),
    );
    expect(await response.json()).toEqual({ done: true });
    expect(sent(1).url).toContain('/api/session');
    expect(sent(2).headers.get('X-CSRF-Token')).toBe('second');
    expect(await sent(2).text()).toBe('{"email":"a@b.c"}');
  });

  test('gives up when the fresh token is refused too', async () => {
    fetches
      .mockResolvedValueOnce(stale())
      .mockResolvedValueOnce(json({ user: null, csrf_token: 'second' }))
      .mockResolvedValueOnce(stale());
    await expect(client.DELETE('/api/session')).rejects.toMatchObject({ type: 'csrf-failed', status: 403 });
    expect(fetches).toHaveBeenCalledTimes(3);
  });

  test('throws problems, and tells a lost network from a server that says no', async () => {
    fetches.mockResolvedValueOnce(json({ type: 'urn:interview-kit:problem:email-taken', status: 409 }, 409));
    await expect(client.GET('/api/catalog')).rejects.toMatchObject({ type: 'email-taken', status: 409 });
    fetches.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(client.GET('/api/catalog')).rejects.toBeInstanceOf(ProblemError);
    fetches.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(client.GET('/api/catalog')).rejects.toMatchObject({ type: 'network', status: 0 });
  });

  test('tells a session that is over from a password that is wrong, however the first is worded', async () => {
    const refused = (slug: string) => json({ type: `urn:interview-kit:problem:${slug}` }, 401);
    for (const slug of ['session-expired', 'unauthorized', 'invalid-token']) {
      fetches.mockResolvedValueOnce(refused(slug));
      await expect(client.GET('/api/catalog')).rejects.toMatchObject({
        type: 'session-expired',
        status: 401,
      });
    }
    fetches.mockResolvedValueOnce(refused('invalid-credentials'));
    await expect(client.GET('/api/catalog')).rejects.toMatchObject({ type: 'invalid-credentials' });
  });
});

describe('bytesOf', () => {
  const params = {
    path: { interview_id: 'i1', recording_id: 'r1', seq: 0 },
    header: { 'content-digest': 'sha-256=:abc=:' },
  };
  const send = (bytes: Blob) =>
    bodyOf(
      client.PUT('/api/interviews/{interview_id}/recordings/{recording_id}/chunks/{seq}', {
        params,
        ...bytesOf(bytes),
      }),
    );
  // Bytes that are no text: a body that went through a string would not come back as they were.
  const bytes = Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0x00, 0xff);

  test('sends the bytes as they are, as what they are, and once more after a fresh token', async () => {
    fetches
      .mockResolvedValueOnce(stale())
      .mockResolvedValueOnce(json({ user: null, csrf_token: 'second' }))
      .mockResolvedValueOnce(json({ received_chunks: 1, received_bytes: 6 }));
    const type = 'video/webm;codecs=vp9,opus';
    expect(await send(new Blob([bytes], { type }))).toEqual({ received_chunks: 1, received_bytes: 6 });
    const request = sent(2);
    expect(request.url).toMatch(/\/api\/interviews\/i1\/recordings\/r1\/chunks\/0$/);
    expect(request.headers.get('Content-Type')).toBe(type);
    expect(request.headers.get('Content-Digest')).toBe('sha-256=:abc=:');
    expect(request.headers.get('X-CSRF-Token')).toBe('second');
    expect(new Uint8Array(await request.arrayBuffer())).toEqual(bytes);
  });
});

test('an answer without a body is a success', async () => {
  fetches.mockResolvedValueOnce(new Response(null, { status: 204 }));
  await expect(client.DELETE('/api/recordings')).resolves.toMatchObject({ data: undefined });
});
