import type { SpokenSegment } from './types';

/**
 * The text with what was said put at its end; a part that came late goes between its neighbours while they stand there
 * unchanged. Spaces only: no capital, no full stop is invented.
 */
export function addSpoken(text: string, segment: Pick<SpokenSegment, 'text' | 'before' | 'after'>): string {
  const { before, after } = segment;
  const at = after === null ? -1 : placeBefore(text, after, before);
  if (at < 0) return joined(text, segment.text);
  return joined(joined(text.slice(0, at), segment.text), text.slice(at));
}

/** Two pieces with one space between them, unless there is white space already or the second begins with a sign that follows a word. */
export function joined(first: string, second: string): string {
  const next = second.trim();
  if (next === '') return first;
  if (first === '') return second.trimStart();
  const close = /\s$/u.test(first) || /^[,.;:!?…)\]}’”%]/u.test(next);
  return `${first}${close ? '' : ' '}${second.trimStart()}`;
}

/** Where `after` begins, with `before` right in front of it if there is one; -1 when the person has changed either. */
function placeBefore(text: string, after: string, before: string | null): number {
  for (let at = text.lastIndexOf(after); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(after, at - 1)) {
    if (before === null || text.slice(0, at).trimEnd().endsWith(before)) return at;
  }
  return -1;
}
