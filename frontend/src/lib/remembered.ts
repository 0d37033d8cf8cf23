/** What storage would not take; it lasts as long as the page. */
const here = new Map<string, string>();

/** A small choice that stays on this machine, or null. */
export function remembered(key: string): string | null {
  try {
    return here.get(key) ?? localStorage.getItem(key);
  } catch {
    return here.get(key) ?? null;
  }
}

/** Null forgets it. */
export function remember(key: string, value: string | null): void {
  here.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Switched off or full: not kept for the next visit; it still applies now.
    if (value !== null) here.set(key, value);
  }
}
