/** One field of a 422: where in the body, and why. */
export interface FieldProblem {
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** `network` and `timeout` never reached the server or never came back; everything else is a slug of the server's problem types. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly type: string;
  readonly status: number;
  readonly detail: string | null;
  readonly fields: FieldProblem[];
  /** Seconds the server asks us to wait. */
  readonly retryAfter: number | null;
  readonly requestId: string | null;
  /** The problem's own further members, e.g. `revision` and `text` of a stale draft. */
  readonly extensions: Record<string, unknown>;

  constructor(
    type: string,
    status: number,
    more: Partial<Pick<ProblemError, 'detail' | 'fields' | 'retryAfter' | 'requestId' | 'extensions'>> = {},
  ) {
    super(`${type} (${status})`);
    this.type = type;
    this.status = status;
    this.detail = more.detail ?? null;
    this.fields = more.fields ?? [];
    this.retryAfter = more.retryAfter ?? null;
    this.requestId = more.requestId ?? null;
    this.extensions = more.extensions ?? {};
  }

  /** Whether the same request may work later without anybody changing anything. */
  get passing(): boolean {
    return this.type === 'network' || this.type === 'timeout' || this.status === 429 || this.status >= 500;
  }
}

export function isProblem(error: unknown, ...types: string[]): error is ProblemError {
  return error instanceof ProblemError && (types.length === 0 || types.includes(error.type));
}

const prefix = 'urn:interview-kit:problem:';

/** Reads an answer that is not a success. A body that is no problem document (a proxy's page, nothing) still gives a problem. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const retryHeader = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfter = Number.isFinite(retryHeader) ? Math.max(0, retryHeader) : null;
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // no JSON: the status speaks for itself
  }
  const { type, detail, request_id, errors, ...extensions } = body;
  const slug = typeof type === 'string' ? type.replace(prefix, '') : `http-${response.status}`;
  return new ProblemError(sessionIsOver(response.status, slug) ? 'session-expired' : slug, response.status, {
    detail: typeof detail === 'string' ? detail : null,
    fields: Array.isArray(errors) ? (errors as FieldProblem[]) : [],
    retryAfter,
    requestId: typeof request_id === 'string' ? request_id : response.headers.get('X-Request-ID'),
    extensions,
  });
}

/**
 * A session ends in several ways, and only one of them is told as such: without its cookies (logged out in another tab,
 * or too old) a request is merely one of somebody unknown.
 */
function sessionIsOver(status: number, slug: string): boolean {
  return status === 401 && slug !== 'invalid-credentials';
}
