import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { onSessionRestored, reportFailure } from '@/api/query-client';
import { noticesQuery } from '@/api/room/list-notices';
import { saveNotice } from '@/api/room/save-notice';
import type { NewNotice, Notice } from '@/api/types';
import { unsentReplies } from '@/components/session/unsent-replies';

import { noticePlace, NoticeQueue, type ShownNotice } from './notice-queue';

/** The notices of this sitting: shown at once, told to the server as soon as it can be reached. */
export function useNotices(interviewId: string) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const queue = useRef<NoticeQueue | null>(null);
  const queries = useQueryClient();

  useEffect(() => {
    const current = new NoticeQueue({
      place: noticePlace(interviewId),
      send: async (id, notice) => {
        try {
          return await saveNotice(interviewId, id, notice);
        } catch (error) {
          reportFailure(error);
          throw error;
        }
      },
      onChange: setNotices,
    });
    queue.current = current;
    void restoreUnsaid(queries, interviewId, current);
    const again = () => void current.flush();
    window.addEventListener('online', again);
    const forget = onSessionRestored(again);
    return () => {
      window.removeEventListener('online', again);
      forget();
      current.end();
    };
  }, [interviewId, queries]);

  return {
    notices,
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
