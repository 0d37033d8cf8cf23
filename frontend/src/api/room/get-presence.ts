import { queryOptions } from '@tanstack/react-query';

import { isProblem } from '@/api/problem';
import type { Presence } from '@/api/room-types';

import { callRoom } from './call-room';

/** What was visible during the answers. Null where this is not offered: there is nothing then, and no failure. */
export const presenceQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['presence', interviewId],
    queryFn: async ({ signal }) => {
      try {
        return await callRoom<Presence>('GET', `/interviews/${interviewId}/presence`, { signal });
      } catch (error) {
        if (isProblem(error, 'expression-not-offered')) return null;
        throw error;
      }
    },
  });
