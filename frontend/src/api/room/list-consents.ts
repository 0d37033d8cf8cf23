import { infiniteQueryOptions } from '@tanstack/react-query';

import type { LedgerEntry } from '@/api/room-types';

import { callRoom } from './call-room';

interface Page {
  items: LedgerEntry[];
  next_cursor: string | null;
}

/** Everything that was agreed to, newest first. */
export const ledgerQuery = infiniteQueryOptions({
  queryKey: ['consents'],
  queryFn: ({ pageParam, signal }) =>
    callRoom<Page>(
      'GET',
      `/consents?limit=20${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
      { signal },
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
