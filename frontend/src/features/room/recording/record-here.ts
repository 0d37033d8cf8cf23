import { useCallback, useState } from 'react';

import { keepInTab, readFromTab } from '@/lib/tab-memory';

const placeOf = (interviewId: string) => `ik-record-here-${interviewId}`;

/** The choice to record on this device only. It concerns no server, so it stays in the tab, for this interview. */
export function useRecordHere(interviewId: string) {
  const [here, setHere] = useState(() => readFromTab(placeOf(interviewId)) === true);
  const choose = useCallback(
    (next: boolean) => {
      setHere(next);
      keepInTab(placeOf(interviewId), next ? true : null);
    },
    [interviewId],
  );
  return [here, choose] as const;
}
