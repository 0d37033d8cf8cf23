/** The first sentences of a statement, and the rest that is read on demand. */
export function shorter(text: string, sentences: number): { first: string; rest: string } {
  const parts = text.split(/(?<=[.!?])\s+/);
  return { first: parts.slice(0, sentences).join(' '), rest: parts.slice(sentences).join(' ') };
}
