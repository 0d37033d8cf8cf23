import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { Recording } from '@/api/room-types';

import { callRoom } from './call-room';
import { allRecordingsQuery } from './list-all-recordings';
import { recordingsQuery } from './list-recordings';

/** Deletes one video for good. */
export function useDeleteRecording() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, interview_id }: Pick<Recording, 'id' | 'interview_id'>) =>
      callRoom<undefined>('DELETE', `/interviews/${interview_id}/recordings/${id}`),
    onSettled: async (_, __, { interview_id }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: recordingsQuery(interview_id).queryKey }),
        queries.invalidateQueries({ queryKey: allRecordingsQuery.queryKey }),
      ]);
    },
  });
}
