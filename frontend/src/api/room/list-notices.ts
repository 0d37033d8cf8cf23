import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** What was noticed during an interview, in the order of time. */
export const noticesQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['notices', interviewId],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/interviews/{interview_id}/notices', {
          params: { path: { interview_id: interviewId } },
          signal,
        }),
      ),
  });
