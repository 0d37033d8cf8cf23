/** What lives as long as the tab does, reloads included. It goes at log-out (`leaveTo`). */

export function keepInTab(place: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(value));
  } catch {
    // Storage is switched off or full: it holds until the page is left.
  }
}

export function readFromTab(place: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null');
  } catch {
    return null;
  }
}
