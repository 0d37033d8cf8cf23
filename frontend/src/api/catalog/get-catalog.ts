import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

export const catalogQuery = queryOptions({
  queryKey: ['catalog'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/catalog', { signal })),
  staleTime: 10 * 60_000,
});
