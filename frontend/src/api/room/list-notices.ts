import { queryOptions } from '@tanstack/react-query';

import type { Notice } from '@/api/room-types';

import { callRoom } from './call-room';

/** What was noticed during an interview, in the order of time. */
export const noticesQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['notices', interviewId],
    queryFn: ({ signal }) => callRoom<Notice[]>('GET', `/interviews/${interviewId}/notices`, { signal }),
  });
