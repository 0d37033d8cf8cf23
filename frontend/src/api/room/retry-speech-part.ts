import { bodyOf, client } from '@/api/client';

/** Has a piece that could not be written down tried again. */
export function retrySpeechPart(interviewId: string, questionId: string, take: string, seq: number) {
  return bodyOf(
    client.POST('/api/interviews/{interview_id}/questions/{question_id}/speech/{take}/{seq}/retry', {
      params: { path: { interview_id: interviewId, question_id: questionId, take, seq } },
    }),
  );
}
