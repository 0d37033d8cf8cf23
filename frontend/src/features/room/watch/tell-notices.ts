import type { QueryClient } from '@tanstack/react-query';

import { onSessionRestored, reportFailure } from '@/api/query-client';
import { noticesQuery } from '@/api/room/list-notices';
import { saveNotice } from '@/api/room/save-notice';

import { noticePlace, NoticeQueue, unsentNotices, type ShownNotice } from './notice-queue';

/** The queue of one interview, which tries again when the network or the session is back. `end` lets go of it. */
export function tellNotices(interviewId: string, onChange: (notices: readonly ShownNotice[]) => void) {
  stopTelling(interviewId);
  const queue = new NoticeQueue({
    place: noticePlace(interviewId),
    send: async (id, notice) => {
      try {
        return await saveNotice(interviewId, id, notice);
      } catch (error) {
        reportFailure(error);
        throw error;
      }
    },
    onChange,
  });
  const again = () => void queue.flush();
  window.addEventListener('online', again);
  const forget = onSessionRestored(again);
  return {
    queue,
    end: () => {
      window.removeEventListener('online', again);
      forget();
      queue.end();
    },
  };
}

const later = new Map<string, () => void>();

/**
 * Goes on telling what is left of a room that was left, until nothing is or the room is entered again. A page that lists the
 * notices, which may be open by then, lists each as it gets through.
 */
export function tellLater(interviewId: string, queries: QueryClient): void {
  if (unsentNotices(noticePlace(interviewId)).length === 0) return;
  let told = 0;
  const { end } = tellNotices(interviewId, (notices) => {
    const kept = notices.filter(({ state }) => state === 'kept').length;
    if (kept > told) void queries.invalidateQueries({ queryKey: noticesQuery(interviewId).queryKey });
    told = kept;
    if (notices.every(({ state }) => state !== 'waiting')) stopTelling(interviewId);
  });
  later.set(interviewId, end);
}

function stopTelling(interviewId: string): void {
  later.get(interviewId)?.();
  later.delete(interviewId);
}
