import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Button from 'react-bootstrap/Button';
import { useSearchParams } from 'react-router';

import { reviewedInterviewsQuery } from '@/api/admin/list-reviewed-interviews';
import type { ReviewedRow } from '@/api/types';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading } from '@/components/skeleton';
import { plural } from '@/lib/format';

import { InterviewFilters } from './interview-filters';
import { InterviewRows } from './interview-rows';
import {
  changed,
  filterCount,
  noFilters,
  readSearch,
  toQuery,
  writeSearch,
  type InterviewSearch,
} from './interview-search';
import { Pager } from './pager';
import { candidateName } from './status-words';
import { start } from './trail';
import { useTurnedPage } from './use-turned-page';

/** Find an interview: everything that is asked for stands in the address. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const search = readSearch(params);
  const interviews = useQuery({
    ...reviewedInterviewsQuery(toQuery(search)),
    placeholderData: keepPreviousData,
  });
  const { data, isPlaceholderData: stale } = interviews;
  const rows = data?.items;
  const filtered = filterCount(search) > 0;
  const first = search.trail.page === 1;
  const top = useTurnedPage(search.trail.page, rows !== undefined && !stale);

  function go(next: InterviewSearch, replace = false): void {
    setParams(writeSearch(next), { replace, preventScrollReset: true });
  }
  const toStart = () => go({ ...search, trail: start });
  const clear = () => go(changed(search, noFilters));
  const none = rows?.length === 0 && !stale;

  return (
    <div className="page admin-page">
      <PageTitle>Interviews</PageTitle>
      <h1>Interviews</h1>
      {none && first && !filtered ? (
        <p className="lead flush">
          No interview has been set up yet. As soon as a candidate sets one up, it is listed here.
        </p>
      ) : (
        <>
          <InterviewFilters
            search={search}
            candidateName={search.candidate === null ? null : nameIn(rows)}
            nothingFound={none}
            onChange={(change, replace) => go(changed(search, change), replace)}
          />
          {interviews.isError && (
            <ProblemNotice
              error={interviews.error}
              onRetry={() => void interviews.refetch()}
              {...(!first && {
                action: (
                  <Button variant="words" onClick={toStart}>
                    To the first page
                  </Button>
                ),
              })}
            />
          )}
          {rows === undefined && interviews.isPending && (
            <Loading what="interviews">
              <InterviewRows
                rows={null}
                sort={search.sort}
                onSort={(sort) => go(changed(search, { sort }))}
              />
            </Loading>
          )}
          {rows !== undefined && (
            <section aria-label="Results" className="stack">
              <p ref={top} tabIndex={-1} role="status" className="flush small muted">
                {stale ? 'Loading…' : found(rows.length, search, data?.next_cursor ?? null)}
              </p>
              {none ? (
                <div className="nothing">
                  <p className="lead flush">
                    {first
                      ? 'No interview fits these filters.'
                      : 'This page is empty: the list has become shorter.'}
                  </p>
                  <Button variant="quiet" onClick={first ? clear : toStart}>
                    {first ? 'Clear filters' : 'To the first page'}
                  </Button>
                </div>
              ) : (
                <div className="admin-results" data-stale={stale || undefined} aria-busy={stale}>
                  <InterviewRows
                    rows={rows}
                    sort={search.sort}
                    onSort={(sort) => go(changed(search, { sort }))}
                  />
                </div>
              )}
              <Pager
                trail={search.trail}
                nextCursor={data?.next_cursor ?? null}
                byTime={search.sort === '-created_at'}
                busy={stale}
                onTurn={(trail) => go({ ...search, trail })}
              />
            </section>
          )}
        </>
      )}
    </div>
  );
}

function nameIn(rows: ReviewedRow[] | undefined): string | null {
  const candidate = rows?.[0]?.candidate;
  return candidate === undefined ? null : candidateName(candidate);
}

function found(count: number, { trail }: InterviewSearch, next: string | null): string {
  if (count === 0) return 'Nothing found.';
  const many = plural(count, 'interview');
  if (trail.page === 1 && next === null) return many;
  return `${many} on page ${trail.page}${next === null ? ', the last' : ''}`;
}
