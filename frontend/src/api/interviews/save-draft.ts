import { bodyOf, client } from '@/api/client';

/** Saves what is written so far. `keepalive` lets the request outlive the page. */
export function saveDraft(
  interviewId: string,
  questionId: string,
  draft: { text: string; revision: number },
  keepalive = false,
) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/questions/{question_id}/draft', {
      params: { path: { interview_id: interviewId, question_id: questionId } },
      body: draft,
      keepalive,
    }),
  );
}
