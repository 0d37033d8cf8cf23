import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { keepSnapshot } from './get-interview';

export function useSubmitAnswer(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ questionId, text, key }: { questionId: string; text: string; key: string }) =>
      bodyOf(
        client.POST('/api/interviews/{interview_id}/questions/{question_id}/answers', {
          params: { path: { interview_id: interviewId, question_id: questionId } },
          headers: { 'Idempotency-Key': key },
          body: { text, source: 'typed' },
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
