import { useMutation, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';
import type { Recording } from '@/api/types';
import { allRecordingsQuery } from './list-all-recordings';
import { recordingsQuery } from './list-recordings';

/** Deletes one video for good. */
export function useDeleteRecording() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, interview_id }: Pick<Recording, 'id' | 'interview_id'>) =>
      client.DELETE('/api/interviews/{interview_id}/recordings/{recording_id}', {
        params: { path: { interview_id, recording_id: id } },
      }),
    onSettled: async (_, __, { interview_id }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: recordingsQuery(interview_id).queryKey }),
        queries.invalidateQueries({ queryKey: allRecordingsQuery.queryKey }),
      ]);
    },
  });
}
