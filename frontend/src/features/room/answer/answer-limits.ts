/** The server takes this many characters (Unicode code points) in one answer. */
export const mostCharacters = 20_000;

/** Characters left, or null while the limit is far away and not worth a thought. */
export function charactersLeft(text: string): number | null {
  if (text.length < mostCharacters * 0.9) return null;
  return mostCharacters - Array.from(text).length;
}
