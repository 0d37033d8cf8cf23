import { useCallback, useState } from 'react';

import { keepInTab, readFromTab } from '@/lib/tab-memory';

const placeOf = (interviewId: string) => `ik-record-here-${interviewId}`;
/** Whose recordings lie in this browser; asked for at log-out. */
export const recordedHere = 'ik-recorded-here';

/** The choice to record on this device only. It concerns no server, so it stays in the tab, for this interview. */
export function useRecordHere(interviewId: string, owner: string) {
  const [here, setHere] = useState(() => readFromTab(placeOf(interviewId)) === true);
  const choose = useCallback(
    (next: boolean) => {
      setHere(next);
      keepInTab(placeOf(interviewId), next ? true : null);
      try {
        if (next) localStorage.setItem(recordedHere, owner);
      } catch {
        // Storage is switched off: then no recording can be kept here either, and the recorder says so.
      }
    },
    [interviewId, owner],
  );
  return [here, choose] as const;
}
