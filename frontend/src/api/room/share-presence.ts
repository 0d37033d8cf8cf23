import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { Presence } from '@/api/room-types';

import { callRoom } from './call-room';
import { presenceQuery } from './get-presence';

/** Lets reviewers see what was visible, or no longer. */
export function useSharePresence(interviewId: string) {
  const queries = useQueryClient();
  const { queryKey } = presenceQuery(interviewId);
  return useMutation({
    mutationFn: (shared: boolean) =>
      callRoom<Presence | undefined>('PUT', `/interviews/${interviewId}/presence/sharing`, {
        json: { shared },
      }),
    onSuccess: (_, shared) => {
      queries.setQueryData(queryKey, (known) => known && { ...known, shared });
    },
  });
}
