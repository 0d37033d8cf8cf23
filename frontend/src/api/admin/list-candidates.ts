import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { CandidatesQuery } from '@/api/types';

export const candidatesQuery = (query: CandidatesQuery) =>
  queryOptions({
    queryKey: ['admin', 'candidates', query],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/admin/candidates', { params: { query }, signal })),
  });
