import { useEffect, useState } from 'react';

import { keptRecordings } from './store';

/** While something is on its way, perhaps from another tab, ms. */
const lookAgain = 2000;

/** How much of this owner's recordings for the server only this browser has; all scopes unless one is named. */
async function unsentBytes(owner: string, scope?: string): Promise<number> {
  return (await keptRecordings(owner))
    .filter((one) => one.mode === 'server' && (scope === undefined || one.scope === scope))
    .reduce((sum, { bytes, sentBytes }) => sum + bytes - sentBytes, 0);
}

/** The same, followed until it has arrived. 0 also where the browser keeps nothing. */
export function useUnsentBytes(owner: string, scope?: string): number {
  const [bytes, setBytes] = useState(0);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function look(): Promise<void> {
      const left = await unsentBytes(owner, scope).catch(() => 0);
      if (!current) return;
      setBytes(left);
      if (left > 0) timer = setTimeout(() => setLooks((times) => times + 1), lookAgain);
    }
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [owner, scope, looks]);
  return bytes;
}
