const place = 'ik-recorded-here';

/** Remembers that this person has recorded something that stays in this browser, so that log-out can ask about it. */
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
