import { useMutation, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';

/** Deletes every video of this account that is on the server. */
export function useDeleteAllRecordings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.DELETE('/api/recordings'),
    // The list of all of them, and those of each interview.
    onSettled: () => queries.invalidateQueries({ queryKey: ['recordings'] }),
  });
}
