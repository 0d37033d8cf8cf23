import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

export const reportQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['report', interviewId],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/reports/{interview_id}', {
          params: { path: { interview_id: interviewId } },
          signal,
        }),
      ),
  });
