import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { Heard } from '@/api/types';
import { keepSnapshot } from './get-interview';

interface NewAnswer {
  questionId: string;
  text: string;
  key: string;
  /** What was heard, when any of it was spoken. */
  heard?: Heard | null;
}

export function useSubmitAnswer(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ questionId, text, key, heard }: NewAnswer) =>
      bodyOf(
        client.POST('/api/interviews/{interview_id}/questions/{question_id}/answers', {
          params: { path: { interview_id: interviewId, question_id: questionId } },
          headers: { 'Idempotency-Key': key },
          body: heard ? { text, source: 'voice', heard } : { text, source: 'typed' },
        }),
      ),
    onSuccess: (interview) => keepSnapshot(queries, interview),
  });
}

export function useSkipQuestion(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (questionId: string) =>
      bodyOf(
        client.POST('/api/interviews/{interview_id}/questions/{question_id}/skip', {
          params: { path: { interview_id: interviewId, question_id: questionId } },
        }),
      ),
    onSuccess: (interview) => keepSnapshot(queries, interview),
  });
}
