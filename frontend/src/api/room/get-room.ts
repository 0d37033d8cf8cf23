import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';

/** What this room can do, and the words each capture is agreed to with. */
export const roomQuery = queryOptions({
  queryKey: ['room'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/room', { signal })),
  staleTime: 5 * 60_000,
});
