/**
 * What these libraries read of an error that a caller's network function throws. The API's own errors have this shape;
 * anything else that is thrown (a dropped connection, a time-out) counts as passing.
 */
export interface Refusal {
  /** The problem's slug, e.g. `consent-missing`. */
  type: string;
  /** HTTP status, 0 when nothing came back. */
  status: number;
  retryAfter: number | null;
  extensions: Record<string, unknown>;
}

/** The refusal in an error that will be the same next time, or null when trying again later makes sense. */
export function refusalIn(error: unknown): Refusal | null {
  const read = readRefusal(error);
  if (read === null) return null;
  // 401: the person logs in again in place, and then it works. 408, 425, 429: asked to come back.
  const passing =
    read.status < 400 ||
    read.status >= 500 ||
    [401, 408, 425, 429].includes(read.status) ||
    read.type === 'timeout';
  return passing ? null : read;
}

/** Seconds the server asks us to wait, or null. */
export function waitAskedBy(error: unknown): number | null {
  return readRefusal(error)?.retryAfter ?? null;
}

function readRefusal(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null) return null;
  const { type, status, retryAfter, extensions } = error as Partial<Refusal>;
  if (typeof type !== 'string' || typeof status !== 'number') return null;
  return { type, status, retryAfter: retryAfter ?? null, extensions: extensions ?? {} };
}
