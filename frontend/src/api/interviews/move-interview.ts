import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { keepSnapshot } from './get-interview';
import { interviewsQuery } from './list-interviews';

const moves = {
  prepare: '/api/interviews/{interview_id}/prepare',
  start: '/api/interviews/{interview_id}/start',
  complete: '/api/interviews/{interview_id}/complete',
  abandon: '/api/interviews/{interview_id}/abandon',
} as const;

/** Takes an interview a step further; all of these may be repeated without harm. */
export function useMoveInterview(id: string, move: keyof typeof moves) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(client.POST(moves[move], { params: { path: { interview_id: id } } })),
    onSuccess: (interview) => {
      keepSnapshot(queries, interview);
      void queries.invalidateQueries({ queryKey: interviewsQuery.queryKey });
    },
  });
}
