import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { Improvement } from '@/api/types';

const path = (interviewId: string, answerId: string) => ({
  path: { interview_id: interviewId, answer_id: answerId },
});

/** The improvement of an answer; null while none was asked for. Asked about until it has come to an end. */
export const improvementQuery = (interviewId: string, answerId: string) =>
  queryOptions({
    queryKey: ['improvement', interviewId, answerId],
    queryFn: async ({ signal }): Promise<Improvement | null> => {
      try {
        return await bodyOf(
          client.GET('/api/reports/{interview_id}/answers/{answer_id}/improvements', {
            params: path(interviewId, answerId),
            signal,
          }),
        );
      } catch (error) {
        if (isProblem(error) && error.type === 'improvement-not-found') return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) =>
      state.data?.status === 'queued' || state.data?.status === 'running' ? 1500 : false,
  });

export function useAskForImprovement(interviewId: string, answerId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        client.POST('/api/reports/{interview_id}/answers/{answer_id}/improvements', {
          params: path(interviewId, answerId),
        }),
      ),
    onSuccess: (improvement) =>
      queries.setQueryData(improvementQuery(interviewId, answerId).queryKey, improvement),
  });
}

interface Given {
  facts: { id: number; text: string }[];
  useOffline: boolean;
}

export function useGiveFacts(interviewId: string, answerId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ facts, useOffline }: Given) =>
      bodyOf(
        client.PUT('/api/reports/{interview_id}/answers/{answer_id}/improvements/facts', {
          params: path(interviewId, answerId),
          body: { facts, use_offline: useOffline },
        }),
      ),
    onSuccess: (improvement) =>
      queries.setQueryData(improvementQuery(interviewId, answerId).queryKey, improvement),
  });
}
