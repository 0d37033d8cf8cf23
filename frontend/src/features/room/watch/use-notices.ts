import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { noticesQuery } from '@/api/room/list-notices';
import type { NewNotice, Notice } from '@/api/types';
import { unsentReplies } from '@/components/session/unsent-replies';

import type { NoticeQueue, ShownNotice } from './notice-queue';
import { tellLater, tellNotices } from './tell-notices';

/** The notices of this sitting: shown at once, told to the server as soon as it can be reached, also after the room is left. */
export function useNotices(interviewId: string) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  // Here and not beside the card, which begins afresh with every question.
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const queue = useRef<NoticeQueue | null>(null);
  const queries = useQueryClient();

  useEffect(() => {
    const own = tellNotices(interviewId, setNotices);
    queue.current = own.queue;
    void restoreUnsaid(queries, interviewId, own.queue);
    return () => {
      // What the monitor has to say in the end comes after this.
      queueMicrotask(() => {
        own.end();
        if (queue.current !== own.queue) return;
        queue.current = null;
        tellLater(interviewId, queries);
      });
    };
  }, [interviewId, queries]);

  return {
    notices,
    /** Those that were not put away. */
    open: notices.filter(({ id }) => !away.has(id)),
    putAway: () => setAway(new Set(notices.map(({ id }) => id))),
    put: useCallback((id: string, notice: NewNotice) => queue.current?.put(id, notice), []),
    replace: useCallback((kept: Notice) => queue.current?.replace(kept), []),
  };
}

/** After a reload: shows the notices again about which something was written and not saved. */
async function restoreUnsaid(queries: QueryClient, interviewId: string, queue: NoticeQueue): Promise<void> {
  const unsaid = unsentReplies(interviewId);
  if (Object.keys(unsaid).length === 0) return;
  const known = await queries.query(noticesQuery(interviewId)).catch(() => []); // the report puts them back, too
  for (const notice of known) if (unsaid[notice.id] !== undefined) queue.restore(notice);
}
