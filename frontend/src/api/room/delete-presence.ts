import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { Presence } from '@/api/room-types';

import { callRoom } from './call-room';
import { presenceQuery } from './get-presence';

/** Deletes everything that was counted, which also ends the sharing. */
export function useDeletePresence(interviewId: string) {
  const queries = useQueryClient();
  const { queryKey } = presenceQuery(interviewId);
  return useMutation({
    mutationFn: () => callRoom<undefined>('DELETE', `/interviews/${interviewId}/presence`),
    onSuccess: () => {
      queries.setQueryData(queryKey, (): Presence => ({ shared: false, answers: [] }));
    },
  });
}
