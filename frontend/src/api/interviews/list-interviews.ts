import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { reportQuery } from '@/api/reports/get-report';
import type { InterviewSummary } from '@/api/types';

import { waitsToBeOpened } from './waits-to-be-opened';

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

/**
 * The list, looked at again while something in it changes by itself. A report that waits may do so for good, and only its
 * candidate opens it: whoever comes back from another tab is shown it at once, and otherwise now and then is enough.
 */
export function movingInterviewsQuery(queries: QueryClient) {
  const moves = ({ id, status, report_status, report_revealed }: InterviewSummary) =>
    status === 'preparing' ||
    (status === 'completed' &&
      (report_status === 'pending' ||
        // It was opened a moment ago, which the list has not heard yet.
        (!report_revealed && queries.getQueryData(reportQuery(id).queryKey)?.revealed === true)));
  return infiniteQueryOptions({
    ...interviewsQuery,
    refetchInterval: ({ state }) => {
      const items = state.data?.pages[0]?.items ?? [];
      if (items.some(moves)) return 5000;
      return items.some(waitsToBeOpened) ? 30_000 : false;
    },
    refetchOnWindowFocus: ({ state }) =>
      state.data?.pages[0]?.items.some(waitsToBeOpened) === true ? 'always' : true,
  });
}
