import { useCallback, useEffect, useRef, useState } from 'react';

import { onSessionRestored, reportFailure } from '@/api/query-client';
import { saveNotice } from '@/api/room/save-notice';
import type { NewNotice, Notice } from '@/api/types';

import { noticePlace, NoticeQueue, type ShownNotice } from './notice-queue';

/** The notices of this sitting: shown at once, told to the server as soon as it can be reached. */
export function useNotices(interviewId: string) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  // Here and not beside the card, which begins afresh with every question.
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const queue = useRef<NoticeQueue | null>(null);

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
    const again = () => void current.flush();
    window.addEventListener('online', again);
    const forget = onSessionRestored(again);
    return () => {
      window.removeEventListener('online', again);
      forget();
      current.end();
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
