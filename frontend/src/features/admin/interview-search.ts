import type { ReviewedInterviewsQuery, ReviewedRow } from '@/api/types';

import { reportWords, statusWords } from './status-words';
import { cursorOf, readTrail, start, writeTrail, type Trail } from './trail';

export type InterviewSort = NonNullable<ReviewedInterviewsQuery['sort']>;

export interface InterviewFilters {
  /** Part of the candidate's name or e-mail. */
  q: string;
  candidate: string | null;
  role: string | null;
  level: string | null;
  status: ReviewedRow['status'] | null;
  report: ReviewedRow['report_status'] | null;
  /** First and last day on which the interview may have been created, as YYYY-MM-DD in the reader's time zone. */
  from: string | null;
  to: string | null;
}

/** What the table shows; all of it stands in the address. */
export interface InterviewSearch extends InterviewFilters {
  sort: InterviewSort;
  trail: Trail;
}

export const noFilters: InterviewFilters = {
  q: '',
  candidate: null,
  role: null,
  level: null,
  status: null,
  report: null,
  from: null,
  to: null,
};

export const pageLength = 20;
export const usualSort: InterviewSort = '-created_at';
export const sorts: Record<InterviewSort, string> = {
  '-created_at': 'Newest first',
  created_at: 'Oldest first',
  candidate: 'Candidate, A to Z',
  '-candidate': 'Candidate, Z to A',
  '-overall': 'Strongest first',
  overall: 'Weakest first',
};

const identifier = /^[\w.-]{1,80}$/;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

function matching(value: string | null, shape: RegExp): string | null {
  return value !== null && shape.test(value) ? value : null;
}

function keyOf<T extends string>(value: string | null, known: Record<T, unknown>): T | null {
  return value !== null && Object.hasOwn(known, value) ? (value as T) : null;
}

/** A day that exists, this century: a year being typed is not yet one. */
export function dayOf(value: string | null): string | null {
  if (value === null || !/^20\d{2}-\d{2}-\d{2}$/.test(value)) return null;
  const read = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value) ? value : null;
}

/** Reads an address. Whatever the API would refuse is left out, so a mistyped address still shows a table. */
export function readSearch(params: URLSearchParams): InterviewSearch {
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    candidate: matching(params.get('candidate'), uuid),
    role: matching(params.get('role'), identifier),
    level: matching(params.get('level'), identifier),
    status: keyOf(params.get('status'), statusWords),
    report: keyOf(params.get('report'), reportWords),
    from: dayOf(params.get('from')),
    to: dayOf(params.get('to')),
    sort: keyOf(params.get('sort'), sorts) ?? usualSort,
    trail: readTrail(params),
  };
}

/** Writes an address with only what differs from the plain table, always in the same order. */
export function writeSearch(search: Partial<InterviewSearch>): URLSearchParams {
  const { sort = usualSort, trail = start, ...filters } = search;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...noFilters, ...filters }))
    if (value !== null && value !== '') params.set(name, value);
  if (sort !== usualSort) params.set('sort', sort);
  writeTrail(params, trail);
  return params;
}

/** The search after a change of filters or order: it begins on the first page. */
export function changed(
  search: InterviewSearch,
  change: Partial<InterviewFilters> & { sort?: InterviewSort },
): InterviewSearch {
  return { ...search, ...change, trail: start };
}

export function filterCount(filters: InterviewFilters): number {
  return (Object.keys(noFilters) as (keyof InterviewFilters)[]).filter(
    (name) => filters[name] !== noFilters[name],
  ).length;
}

/** Whether the last day lies before the first, so that nothing can be found. */
export function daysCrossed({ from, to }: InterviewFilters): boolean {
  return from !== null && to !== null && to < from;
}

/** Midnight in the reader's time zone, `days` after the day. */
function midnight(day: string, days = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days).toISOString();
}

/** What the API is asked. */
export function toQuery(search: InterviewSearch): ReviewedInterviewsQuery {
  const cursor = cursorOf(search.trail);
  return {
    limit: pageLength,
    sort: search.sort,
    ...(search.q !== '' && { q: search.q }),
    ...(search.candidate !== null && { candidate_id: search.candidate }),
    ...(search.role !== null && { role_id: search.role }),
    ...(search.level !== null && { level_id: search.level }),
    ...(search.status !== null && { status: search.status }),
    ...(search.report !== null && { report_status: search.report }),
    ...(search.from !== null && { from: midnight(search.from) }),
    ...(search.to !== null && { to: midnight(search.to, 1) }),
    ...(cursor !== undefined && { cursor }),
  };
}
