import { infiniteQueryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

export const interviewsQuery = infiniteQueryOptions({
  queryKey: ['interviews'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      client.GET('/api/interviews', {
        params: { query: pageParam === null ? { limit: 20 } : { limit: 20, cursor: pageParam } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
