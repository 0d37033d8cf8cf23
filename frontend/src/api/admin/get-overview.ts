import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

export const overviewQuery = queryOptions({
  queryKey: ['admin', 'overview'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/admin/overview', { signal })),
  refetchInterval: 60_000,
});
