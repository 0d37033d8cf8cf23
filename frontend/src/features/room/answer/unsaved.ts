import { keepInTab, readFromTab } from '@/lib/tab-memory';

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
  keepInTab(placeOf(questionId), unsaved);
}

export function readUnsaved(questionId: string): Unsaved | null {
  return readFromTab(placeOf(questionId)) as Unsaved | null;
}
