import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { remember, sessionQuery } from './session';

export function useLogIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => bodyOf(client.POST('/api/session', { body })),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, remember(session)),
  });
}
