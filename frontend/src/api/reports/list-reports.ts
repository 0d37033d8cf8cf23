import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** The latest reports, for the trend; a hundred is more than a trend can show. */
export const reportsQuery = queryOptions({
  queryKey: ['reports'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/reports', { params: { query: { limit: 100 } }, signal })),
});
