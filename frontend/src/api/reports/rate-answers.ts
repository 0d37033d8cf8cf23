import { useMutation, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';
import { interviewsQuery } from '@/api/interviews/list-interviews';
import { weakPointsQuery } from '@/api/interviews/list-weak-points';
import { isProblem } from '@/api/problem';
import { reportQuery } from './get-report';
import { reportsQuery } from './list-reports';

/** How good the candidate finds answers, by answer id: 1 to 5. */
export type OwnRatings = ReadonlyMap<string, 1 | 2 | 3 | 4 | 5>;

/** Keeps the candidate's own ratings and then opens the report; without ratings it just opens it. */
export function useOpenReport(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ratings: OwnRatings) => {
      try {
        await Promise.all(
          [...ratings].map(([answerId, value]) =>
            client.PUT('/api/reports/{interview_id}/answers/{answer_id}/self-rating', {
              params: { path: { interview_id: interviewId, answer_id: answerId } },
              body: { value },
            }),
          ),
        );
      } catch (error) {
        // It was opened elsewhere, and ratings given after that would not be blind. It is open all the same.
        if (isProblem(error) && error.type === 'report-revealed') return;
        throw error;
      }
      await client.POST('/api/reports/{interview_id}/reveal', {
        params: { path: { interview_id: interviewId } },
      });
    },
    onSuccess: () => {
      // What the lists say of it changes as well; they ask when they are looked at.
      for (const { queryKey } of [reportsQuery, interviewsQuery, weakPointsQuery])
        void queries.invalidateQueries({ queryKey, refetchType: 'none' });
      return queries.invalidateQueries({ queryKey: reportQuery(interviewId).queryKey });
    },
  });
}
