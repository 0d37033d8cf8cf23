import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { isProblem } from '@/api/problem';

/** What was visible during the answers. Null where this is not offered: there is nothing then, and no failure. */
export const presenceQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['presence', interviewId],
    queryFn: async ({ signal }) => {
      try {
        return await bodyOf(
          client.GET('/api/interviews/{interview_id}/presence', {
            params: { path: { interview_id: interviewId } },
            signal,
          }),
        );
      } catch (error) {
        if (isProblem(error, 'expression-not-offered')) return null;
        throw error;
      }
    },
  });
