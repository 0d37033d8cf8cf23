import { useCallback, useEffect, useRef, useState } from 'react';

import { onSessionRestored, reportFailure } from '@/api/query-client';
import { saveNotice } from '@/api/room/save-notice';
import type { NewNotice, Notice } from '@/api/types';

import { noticePlace, NoticeQueue, type ShownNotice } from './notice-queue';

/** The notices of this sitting: shown at once, told to the server as soon as it can be reached. */
export function useNotices(interviewId: string) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
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
    put: useCallback((id: string, notice: NewNotice) => queue.current?.put(id, notice), []),
    replace: useCallback((kept: Notice) => queue.current?.replace(kept), []),
  };
}
