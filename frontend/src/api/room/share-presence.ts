import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { presenceQuery } from './get-presence';

/** Lets reviewers see what was visible, or no longer. */
export function useSharePresence(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (shared: boolean) =>
      bodyOf(
        client.PUT('/api/interviews/{interview_id}/presence/sharing', {
          params: { path: { interview_id: interviewId } },
          body: { shared },
        }),
      ),
    onSuccess: (presence) => {
      queries.setQueryData(presenceQuery(interviewId).queryKey, presence);
    },
  });
}
