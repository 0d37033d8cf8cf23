import { queryOptions, useQuery } from '@tanstack/react-query';

import { bodyOf, client, rememberCsrfToken } from '@/api/client';
import type { Session, User } from '@/api/types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => remember(await bodyOf(client.GET('/api/session', { signal }))),
  staleTime: 5 * 60_000,
  refetchOnWindowFocus: 'always',
});

/** Keeps the CSRF token that came with a session. */
export function remember(session: Session): Session {
  rememberCsrfToken(session.csrf_token);
  return session;
}

/** Who is logged in: undefined while unknown, null when nobody is. */
export function useUser(): User | null | undefined {
  return useQuery(sessionQuery).data?.user;
}
