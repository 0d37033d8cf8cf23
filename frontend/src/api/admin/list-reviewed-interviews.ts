import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { ReviewedInterviewsQuery } from '@/api/types';

export const reviewedInterviewsQuery = (query: ReviewedInterviewsQuery) =>
  queryOptions({
    queryKey: ['admin', 'interviews', query],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/admin/interviews', { params: { query }, signal })),
  });
