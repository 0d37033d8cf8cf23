import { queryOptions, replaceEqualDeep, type QueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { Interview } from '@/api/types';

/** Answers to requests and events overtake each other: an older snapshot never replaces a newer one. */
function newer(known: Interview | undefined, fresh: Interview): Interview {
  if (known !== undefined && known.version > fresh.version) return known;
  return replaceEqualDeep(known, fresh);
}

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['interview', id],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/interviews/{interview_id}', { params: { path: { interview_id: id } }, signal }),
      ),
    // The query client calls its own data unknown.
    structuralSharing: (known, fresh) => newer(known as Interview | undefined, fresh as Interview),
  });

/** Puts a snapshot into the cache, by the same rule. */
export function keepSnapshot(queries: QueryClient, snapshot: Interview): void {
  queries.setQueryData(interviewQuery(snapshot.id).queryKey, (known) => newer(known, snapshot));
}
