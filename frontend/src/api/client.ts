import createClient from 'openapi-fetch';

import { learnServerTime } from '@/lib/server-clock';

import { ProblemError, readProblem } from './problem';
import type { paths } from './schema';

/** The token every change has to carry; the session tells it. */
let csrfToken: string | null = null;

export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const patience = 30_000;

async function send(request: Request): Promise<Response> {
  const timer = AbortSignal.timeout(patience);
  try {
    const response = await fetch(request, { signal: AbortSignal.any([request.signal, timer]) });
    learnServerTime(response.headers.get('Date'));
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ProblemError(timer.aborted ? 'timeout' : 'network', 0);
  }
}

async function freshCsrfToken(): Promise<void> {
  const response = await send(new Request(new URL('/api/session', window.location.origin)));
  if (!response.ok) throw await readProblem(response);
  const session = (await response.json()) as { csrf_token: string };
  csrfToken = session.csrf_token;
}

/**
 * What every call goes through: the CSRF header on changes (fetched first when not yet known, and once again when the
 * server says it is stale), a time limit, and a ProblemError for whatever is not a success.
 */
export async function apiFetch(request: Request): Promise<Response> {
  const changing = unsafe.has(request.method);
  if (!changing) return successOf(await send(request));

  if (csrfToken === null) await freshCsrfToken();
  const again = request.clone();
  const response = await send(withToken(request));
  if (response.status !== 403) return successOf(response);
  const problem = await readProblem(response);
  if (problem.type !== 'csrf-failed') throw problem;
  await freshCsrfToken();
  return successOf(await send(withToken(again)));
}

function withToken(request: Request): Request {
  request.headers.set('X-CSRF-Token', csrfToken ?? '');
  return request;
}

async function successOf(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await readProblem(response);
}

export const client = createClient<paths>({ baseUrl: window.location.origin, fetch: apiFetch });

/** The body of a call that has one; failures have been thrown by `apiFetch`. */
export async function bodyOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw new ProblemError('empty-response', 502);
  return data;
}

/** Bytes as the body of a call. The generated types know such a body as a string; what goes out are the bytes, as what they are. */
export function bytesOf(bytes: Blob) {
  return {
    body: '',
    bodySerializer: () => bytes,
    headers: { 'Content-Type': bytes.type },
  };
}
