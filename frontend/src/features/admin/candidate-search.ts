import type { CandidatesQuery } from '@/api/types';

import { cursorOf, readTrail, start, writeTrail, type Trail } from './trail';

export type CandidateSort = NonNullable<CandidatesQuery['sort']>;

export interface CandidateSearch {
  q: string;
  sort: CandidateSort;
  trail: Trail;
}

const usualSort: CandidateSort = '-registered_at';
export const candidateSorts: Record<CandidateSort, string> = {
  '-registered_at': 'Newest first',
  registered_at: 'Oldest first',
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
};

export function readCandidateSearch(params: URLSearchParams): CandidateSearch {
  const sort = params.get('sort');
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    sort: sort !== null && Object.hasOwn(candidateSorts, sort) ? (sort as CandidateSort) : usualSort,
    trail: readTrail(params),
  };
}

export function writeCandidateSearch({ q, sort, trail }: CandidateSearch): URLSearchParams {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  if (sort !== usualSort) params.set('sort', sort);
  writeTrail(params, trail);
  return params;
}

export function changedCandidates(
  search: CandidateSearch,
  change: Partial<Pick<CandidateSearch, 'q' | 'sort'>>,
): CandidateSearch {
  return { ...search, ...change, trail: start };
}

export function toCandidatesQuery({ q, sort, trail }: CandidateSearch): CandidatesQuery {
  const cursor = cursorOf(trail);
  return { limit: 20, sort, ...(q !== '' && { q }), ...(cursor !== undefined && { cursor }) };
}
