import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

export const reviewedInterviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'interview', id],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/admin/interviews/{interview_id}', {
          params: { path: { interview_id: id } },
          signal,
        }),
      ),
  });
