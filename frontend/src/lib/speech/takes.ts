/** Which takes this tab has made for a scope, and which of their parts are in the text: a reload must neither lose nor repeat words. */
type Takes = Record<string, number[]>;

const storageKey = (scope: string) => `ik-speech:${scope}`;

export function keptTakes(scope: string): Takes {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey(scope)) ?? '{}');
    return isTakes(kept) ? kept : {};
  } catch {
    return {}; // storage is switched off, or not ours
  }
}

export function keepTakes(scope: string, takes: Takes): void {
  try {
    sessionStorage.setItem(storageKey(scope), JSON.stringify(takes));
  } catch {
    // A reload would then wait for no words of the page before; the server still has them.
  }
}

export function forgetTakes(scope: string): void {
  try {
    sessionStorage.removeItem(storageKey(scope));
  } catch {
    // Nothing was kept.
  }
}

function isTakes(value: unknown): value is Takes {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(
    (seqs) => Array.isArray(seqs) && seqs.every((seq) => typeof seq === 'number'),
  );
}
