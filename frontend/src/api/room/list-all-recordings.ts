import { queryOptions } from '@tanstack/react-query';

import type { Recordings } from '@/api/room-types';

import { callRoom } from './call-room';

/** All videos of this account on the server, and the room they take. */
export const allRecordingsQuery = queryOptions({
  queryKey: ['recordings', 'all'],
  queryFn: ({ signal }) => callRoom<Recordings>('GET', '/recordings', { signal }),
});
