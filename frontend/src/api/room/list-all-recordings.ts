import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** All videos of this account on the server, and the room they take. */
export const allRecordingsQuery = queryOptions({
  queryKey: ['recordings', 'all'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/recordings', { signal })),
});
