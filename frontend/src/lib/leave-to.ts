/**
 * Forgets what this tab keeps of the person who was here, such as words not yet saved, and goes to another address
 * with a fresh page: machines are shared.
 */
export function leaveTo(path: string): void {
  try {
    sessionStorage.clear();
  } catch {
    // Storage is switched off: nothing was kept.
  }
  window.location.assign(path);
}
