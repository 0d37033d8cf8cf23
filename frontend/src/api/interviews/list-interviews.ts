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

/** The list, looked at again while something in it changes by itself, or was just opened on another page. */
export const movingInterviewsQuery = infiniteQueryOptions({
  ...interviewsQuery,
  refetchInterval: ({ state }) =>
    state.data?.pages[0]?.items.some(
      ({ status, report_status, report_revealed }) =>
        status === 'preparing' ||
        (status === 'completed' && (report_status === 'pending' || !report_revealed)),
    )
      ? 5000
      : false,
});
