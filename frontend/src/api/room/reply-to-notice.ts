import { bodyOf, client } from '@/api/client';

/** Says in one's own words what a notice was about; the newest words count. */
export function replyToNotice(interviewId: string, noticeId: string, text: string) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/notices/{notice_id}/reply', {
      params: { path: { interview_id: interviewId, notice_id: noticeId } },
      body: { text },
    }),
  );
}
