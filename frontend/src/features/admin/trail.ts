/**
 * The way from the first page of a list to the shown one: the cursor of every page behind the first. The API only
 * knows the way on, so the way back is kept here, and in the address, so that a page can be shared and reloaded.
 */
export interface Trail {
  /** 1 for the first page. */
  page: number;
  /** The last one is the shown page's. Old ones are dropped when an address would grow too long. */
  cursors: string[];
}

export const start: Trail = { page: 1, cursors: [] };

const longest = 25;
const cursorShape = /^[\w-]{1,512}$/;

export function older(trail: Trail, cursor: string): Trail {
  return { page: trail.page + 1, cursors: [...trail.cursors, cursor].slice(-longest) };
}

/** One page back; the first page when the cursors in between were dropped. */
export function newer(trail: Trail): Trail {
  return trail.cursors.length > 1 ? { page: trail.page - 1, cursors: trail.cursors.slice(0, -1) } : start;
}

export function cursorOf(trail: Trail): string | undefined {
  return trail.cursors.at(-1);
}

/** Reads `after=…&after=…&page=…`. An address that makes no sense is the first page. */
export function readTrail(params: URLSearchParams): Trail {
  const cursors = params.getAll('after');
  if (
    cursors.length === 0 ||
    cursors.length > longest ||
    !cursors.every((cursor) => cursorShape.test(cursor))
  )
    return start;
  const page = Number(params.get('page') ?? cursors.length + 1);
  const possible = Number.isSafeInteger(page) && page > cursors.length;
  return { page: possible ? page : cursors.length + 1, cursors };
}

export function writeTrail(params: URLSearchParams, trail: Trail): void {
  trail.cursors.forEach((cursor) => params.append('after', cursor));
  if (trail.page !== trail.cursors.length + 1) params.set('page', String(trail.page));
}
