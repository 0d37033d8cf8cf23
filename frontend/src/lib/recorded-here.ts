const place = 'ik-recorded-here';

/** Remembers that this person has recorded in this browser, so that what is left here can be looked for: to send it, or to ask at log-out. */
export function rememberRecordedHere(owner: string): void {
  try {
    const owners = read();
    if (!owners.includes(owner)) localStorage.setItem(place, JSON.stringify([...owners, owner]));
  } catch {
    // Storage is switched off: then no recording can be kept here either, and the recorder says so.
  }
}

export function hasRecordedHere(owner: string): boolean {
  return read().includes(owner);
}

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '[]') as string[];
  } catch {
    return [];
  }
}
