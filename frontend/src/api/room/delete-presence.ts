import { useMutation, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';
import { presenceQuery } from './get-presence';

/** Deletes everything that was counted, which also ends the sharing. */
export function useDeletePresence(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      client.DELETE('/api/interviews/{interview_id}/presence', {
        params: { path: { interview_id: interviewId } },
      }),
    onSuccess: () => {
      queries.setQueryData(presenceQuery(interviewId).queryKey, () => ({ shared: false, answers: [] }));
    },
  });
}
