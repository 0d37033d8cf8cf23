import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { NewInterview } from '@/api/types';
import { keepSnapshot } from './get-interview';
import { interviewsQuery } from './list-interviews';

export function useCreateInterview() {
  const queries = useQueryClient();
  return useMutation({
    // What is sent may hold a résumé: it is remembered no longer than the form is there.
    gcTime: 0,
    mutationFn: ({ body, key }: { body: NewInterview; key: string }) =>
      bodyOf(client.POST('/api/interviews', { body, headers: { 'Idempotency-Key': key } })),
    onSuccess: (interview) => {
      keepSnapshot(queries, interview);
      void queries.invalidateQueries({ queryKey: interviewsQuery.queryKey });
    },
  });
}
