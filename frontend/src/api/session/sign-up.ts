import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { remember, sessionQuery } from './session';

export function useSignUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string; display_name: string }) =>
      bodyOf(client.POST('/api/session/signup', { body })),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, remember(session)),
  });
}
