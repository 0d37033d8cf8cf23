import { useCallback, useEffect, useRef, useState } from 'react';

import type { NewNotice, Notice } from '@/api/types';

import type { NoticeQueue, ShownNotice } from './notice-queue';
import { tellLater, tellNotices } from './tell-notices';

/** The notices of this sitting: shown at once, told to the server as soon as it can be reached, also after the room is left. */
export function useNotices(interviewId: string) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  // Here and not beside the card, which begins afresh with every question.
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const queue = useRef<NoticeQueue | null>(null);

  useEffect(() => {
    const own = tellNotices(interviewId, setNotices);
    queue.current = own.queue;
    return () => {
      // What the monitor has to say in the end comes after this.
      queueMicrotask(() => {
        own.end();
        if (queue.current !== own.queue) return;
        queue.current = null;
        tellLater(interviewId);
      });
    };
  }, [interviewId]);

  return {
    notices,
    /** Those that were not put away. */
    open: notices.filter(({ id }) => !away.has(id)),
    putAway: () => setAway(new Set(notices.map(({ id }) => id))),
    put: useCallback((id: string, notice: NewNotice) => queue.current?.put(id, notice), []),
    replace: useCallback((kept: Notice) => queue.current?.replace(kept), []),
  };
}
