import { ProblemError } from '@/api/problem';

/** The server's reason for a field of the content, by its place: `key_points.0.text`. Reasons inside it count, too. */
export function errorAt(error: unknown, place: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.fields.find(({ loc }) => {
    const at = loc.filter((part, index) => index > 0 && part !== 'content').join('.');
    return at === place || at.startsWith(`${place}.`);
  })?.msg;
}
