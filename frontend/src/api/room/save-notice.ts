import { bodyOf, client } from '@/api/client';
import type { NewNotice } from '@/api/types';

/** Tells of one notice. The same again only lets it last longer. */
export function saveNotice(interviewId: string, noticeId: string, notice: NewNotice) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/notices/{notice_id}', {
      params: { path: { interview_id: interviewId, notice_id: noticeId } },
      body: notice,
    }),
  );
}
