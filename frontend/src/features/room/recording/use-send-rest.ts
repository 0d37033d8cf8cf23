import { useEffect } from 'react';

import { hasRecordedHere } from '@/lib/recorded-here';

let begun = false;

/**
 * Outside the room, once per page: sends what the room, or a page that was closed, could not send any more. Loaded only for
 * somebody who has recorded in this browser.
 */
export function useSendRest(owner: string | undefined): void {
  useEffect(() => {
    if (begun || owner === undefined || !hasRecordedHere(owner)) return;
    begun = true;
    import('./finish-later').then(
      ({ finishLater }) => finishLater(owner),
      () => (begun = false), // the next page tries again
    );
  }, [owner]);
}
