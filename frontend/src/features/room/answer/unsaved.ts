/** What was typed, and the draft on the server that it goes on from. */
export interface Unsaved {
  text: string;
  base: { text: string; revision: number };
}

const placeOf = (questionId: string) => `ik-unsaved-${questionId}`;

/**
 * Keeps in this tab what has not reached the server, or forgets it. A page that is reloaded sends its last words on the
 * way out, but the page that follows may ask for the draft before they arrive, and without a network they never do.
 */
export function keepUnsaved(questionId: string, unsaved: Unsaved | null): void {
  try {
    if (unsaved === null) sessionStorage.removeItem(placeOf(questionId));
    else sessionStorage.setItem(placeOf(questionId), JSON.stringify(unsaved));
  } catch {
    // Storage is switched off or full: the request on the way out is all there is.
  }
}

export function readUnsaved(questionId: string): Unsaved | null {
  try {
    const kept = sessionStorage.getItem(placeOf(questionId));
    return kept === null ? null : (JSON.parse(kept) as Unsaved);
  } catch {
    return null;
  }
}
