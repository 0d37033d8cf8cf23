import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { isProblem } from './problem';

/** Who wants to know that the session ended under the user's hands, and that it was taken up again. */
const expired = new Set<() => void>();
const restored = new Set<() => void>();

export function onSessionExpired(listener: () => void): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}

export function onSessionRestored(listener: () => void): () => void {
  restored.add(listener);
  return () => restored.delete(listener);
}

export function reportFailure(error: unknown): void {
  if (isProblem(error, 'session-expired')) expired.forEach((listener) => listener());
}

export function reportSessionRestored(): void {
  restored.forEach((listener) => listener());
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
