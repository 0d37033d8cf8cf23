/** One tab at a time has a recording in hand: it alone adds to it, sends it and completes it. */
const lockName = (id: string) => `ik-recording-${id}`;

function lockManager(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}

/**
 * Takes a recording in hand; null when another tab has it. With `until` it waits for its turn, until that is aborted. The returned
 * function lets go; so does the end of the page.
 */
export function hold(id: string, until?: AbortSignal): Promise<(() => void) | null> {
  const locks = lockManager();
  if (locks === undefined) return holdByPulse(id, until);
  const options: LockOptions = until === undefined ? { ifAvailable: true } : { signal: until };
  return new Promise((resolve, reject) => {
    locks
      .request(lockName(id), options, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(() => release()));
      })
      .catch((error: unknown) => {
        if (until?.aborted === true) resolve(null);
        else reject(error instanceof Error ? error : new Error('no lock'));
      });
  });
}

export async function isHeld(id: string): Promise<boolean> {
  const locks = lockManager();
  if (locks === undefined) return pulseIsFresh(id);
  const { held = [] } = await locks.query();
  return held.some(({ name }) => name === lockName(id));
}

/** Without Web Locks (no https): a pulse in storage that all tabs see. A tab in the background beats once a minute at worst. */
const beat = 3000;
const stale = 90_000;

function pulseIsFresh(id: string): boolean {
  try {
    return Date.now() - Number(localStorage.getItem(lockName(id)) ?? '0') < stale;
  } catch {
    return false;
  }
}

async function holdByPulse(id: string, until: AbortSignal | undefined): Promise<(() => void) | null> {
  while (pulseIsFresh(id)) {
    if (until === undefined || until.aborted) return null;
    await new Promise((later) => setTimeout(later, beat));
  }
  function pulse(): void {
    try {
      localStorage.setItem(lockName(id), String(Date.now()));
    } catch {
      // No storage: then there is no recording of another tab either.
    }
  }
  pulse();
  const timer = setInterval(pulse, beat);
  function release(): void {
    clearInterval(timer);
    window.removeEventListener('pagehide', release);
    try {
      localStorage.removeItem(lockName(id));
    } catch {
      // As above.
    }
  }
  window.addEventListener('pagehide', release);
  return release;
}
