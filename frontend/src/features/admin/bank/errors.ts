import { ProblemError } from '@/api/problem';

/** Where in the content each of the server's reasons belongs: `key_points.0.text`. */
function reasonsIn(error: unknown): { at: string; msg: string }[] {
  if (!(error instanceof ProblemError)) return [];
  return error.fields.map(({ loc, msg }) => ({
    at: loc.filter((part, index) => index > 0 && part !== 'content').join('.'),
    msg,
  }));
}

/** The server's reason for a field of the content, by its place: `key_points.0.text`. Reasons inside it count, too. */
export function errorAt(error: unknown, place: string): string | undefined {
  return reasonsIn(error).find(({ at }) => at === place || at.startsWith(`${place}.`))?.msg;
}

/** The server's reason for a place as a whole, and for nothing inside it. */
export function errorOf(error: unknown, place: string): string | undefined {
  return reasonsIn(error).find(({ at }) => at === place)?.msg;
}

/** What inside a place has reasons: `senior` for one at `dimensions.0.by_level.senior.anchors.2`. */
export function faultyIn(error: unknown, place: string): string[] {
  const inside = reasonsIn(error).filter(({ at }) => at.startsWith(`${place}.`));
  return [...new Set(inside.map(({ at }) => at.slice(place.length + 1).split('.')[0] ?? ''))];
}
