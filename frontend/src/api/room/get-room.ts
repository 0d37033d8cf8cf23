import { queryOptions } from '@tanstack/react-query';

import type { RoomOffer } from '@/api/room-types';

import { callRoom } from './call-room';

/** What this room can do, and the words each capture is agreed to with. */
export const roomQuery = queryOptions({
  queryKey: ['room'],
  queryFn: ({ signal }) => callRoom<RoomOffer>('GET', '/room', { signal }),
  staleTime: 5 * 60_000,
});
