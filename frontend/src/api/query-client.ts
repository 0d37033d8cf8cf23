import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { isProblem } from './problem';

/** Who wants to know that the session ended under the user's hands. */
const listeners = new Set<() => void>();

export function onSessionExpired(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function reportFailure(error: unknown): void {
  if (isProblem(error, 'session-expired')) listeners.forEach((listener) => listener());
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: reportFailure }),
    mutationCache: new MutationCache({ onError: reportFailure }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && isProblem(error) && error.passing && error.status !== 429,
        retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
      },
      // A change is never sent twice behind the user's back; where it is safe, its own code retries.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
