import { infiniteQueryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** Everything that was agreed to, newest first. */
export const ledgerQuery = infiniteQueryOptions({
  queryKey: ['consents'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      client.GET('/api/consents', {
        params: { query: pageParam === null ? { limit: 20 } : { limit: 20, cursor: pageParam } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
