import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

const path = (interviewId: string, questionId: string) => ({
  interview_id: interviewId,
  question_id: questionId,
});

/** Later attempts at a question of an interview that is over. */
export const attemptsQuery = (interviewId: string, questionId: string) =>
  queryOptions({
    queryKey: ['attempts', interviewId, questionId],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/interviews/{interview_id}/questions/{question_id}/attempts', {
          params: { path: path(interviewId, questionId) },
          signal,
        }),
      ),
  });

export function useOpenAttempt(interviewId: string, questionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        client.POST('/api/interviews/{interview_id}/questions/{question_id}/attempts', {
          params: { path: path(interviewId, questionId) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: attemptsQuery(interviewId, questionId).queryKey }),
  });
}

/** Saves what is written so far. `keepalive` lets the request outlive the page. */
export function saveAttempt(
  interviewId: string,
  questionId: string,
  number: number,
  draft: { text: string; revision: number },
  keepalive = false,
) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/questions/{question_id}/attempts/{number}/draft', {
      params: { path: { ...path(interviewId, questionId), number } },
      body: draft,
      keepalive,
    }),
  );
}

export function useSubmitAttempt(interviewId: string, questionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ number, text, key }: { number: number; text: string; key: string }) =>
      bodyOf(
        client.POST('/api/interviews/{interview_id}/questions/{question_id}/attempts/{number}/answer', {
          params: { path: { ...path(interviewId, questionId), number } },
          headers: { 'Idempotency-Key': key },
          body: { text },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: attemptsQuery(interviewId, questionId).queryKey }),
  });
}
