import { bodyOf, client } from '@/api/client';
import type { PresenceCounts } from '@/api/types';

/** Replaces the counts of one answer. The request outlives the page. */
export function savePresence(interviewId: string, questionId: string, counts: PresenceCounts) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/questions/{question_id}/presence', {
      params: { path: { interview_id: interviewId, question_id: questionId } },
      body: counts,
      keepalive: true,
    }),
  );
}
