import { useMutation, useQueryClient } from '@tanstack/react-query';

import { client } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { reportQuery } from './get-report';

export function useRetryAnalysis(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ answerId, useOffline }: { answerId: string; useOffline: boolean }) =>
      client.POST('/api/reports/{interview_id}/answers/{answer_id}/retry', {
        params: { path: { interview_id: interviewId, answer_id: answerId } },
        body: { use_offline: useOffline },
      }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: reportQuery(interviewId).queryKey });
      await queries.invalidateQueries({ queryKey: interviewQuery(interviewId).queryKey });
    },
  });
}
