import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: Headers;
  body: unknown;
}

/** What a stand-in server answers: a body, or a whole response. */
export type Reply = (call: Call) => unknown;

/**
 * Stands in for the network in component tests: answers by `METHOD /path`, and keeps what was asked. The path may end
 * with `*`. Anything not in the table is a 404 problem.
 */
export function stubServer(table: Record<string, Reply>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.clone().text();
    const call: Call = {
      method: request.method,
      path: pathname,
      search: searchParams,
      headers: request.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
    calls.push(call);
    const key = `${call.method} ${pathname}`;
    const match = Object.entries(table).find(([pattern]) =>
      pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : pattern === key,
    );
    if (match === undefined) return problem(404, 'not-found');
    const reply = await match[1](call);
    return reply instanceof Response ? reply : Response.json(reply);
  });
  return calls;
}

export function problem(status: number, slug: string, more: Record<string, unknown> = {}): Response {
  return Response.json(
    { type: `urn:interview-kit:problem:${slug}`, title: slug, status, ...more },
    { status },
  );
}
