import { apiFetch } from '@/api/client';

interface Content {
  json?: unknown;
  bytes?: Blob;
  headers?: Record<string, string>;
  keepalive?: boolean;
  signal?: AbortSignal | undefined;
}

/** One call to an address of the room. Failures are thrown as problems, as everywhere. */
export async function callRoom<T>(method: string, path: string, content: Content = {}): Promise<T> {
  const { json, bytes, headers = {}, keepalive = false, signal } = content;
  const body = bytes ?? (json === undefined ? null : JSON.stringify(json));
  const type = json === undefined ? bytes?.type : 'application/json';
  const response = await apiFetch(
    new Request(new URL(`/api${path}`, window.location.origin), {
      method,
      body,
      keepalive,
      signal: signal ?? null,
      headers: { ...(type === undefined || type === '' ? {} : { 'Content-Type': type }), ...headers },
    }),
  );
  return (response.status === 204 ? undefined : await response.json()) as T;
}
