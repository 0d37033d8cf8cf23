import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** What came out low in earlier reports. */
export const weakPointsQuery = queryOptions({
  queryKey: ['weak-points'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/weak-points', { signal })),
});
