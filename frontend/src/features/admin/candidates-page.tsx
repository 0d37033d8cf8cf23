import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Button from 'react-bootstrap/Button';
import { useSearchParams } from 'react-router';

import { candidatesQuery } from '@/api/admin/list-candidates';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading } from '@/components/skeleton';
import { plural } from '@/lib/format';

import { CandidateRows } from './candidate-rows';
import {
  changedCandidates,
  readCandidateSearch,
  toCandidatesQuery,
  writeCandidateSearch,
  type CandidateSearch,
  type CandidateSort,
} from './candidate-search';
import { SearchField } from './filter-fields';
import { Pager } from './pager';
import { start } from './trail';
import { useTurnedPage } from './use-turned-page';

export function Component() {
  const [params, setParams] = useSearchParams();
  const search = readCandidateSearch(params);
  const candidates = useQuery({
    ...candidatesQuery(toCandidatesQuery(search)),
    placeholderData: keepPreviousData,
  });
  const { data, isPlaceholderData: stale } = candidates;
  const rows = data?.items;
  const first = search.trail.page === 1;
  const top = useTurnedPage(search.trail.page, rows !== undefined && !stale);

  function go(next: CandidateSearch, replace = false): void {
    setParams(writeCandidateSearch(next), { replace, preventScrollReset: true });
  }
  const sortBy = (sort: CandidateSort) => go(changedCandidates(search, { sort }));
  const toStart = () => go({ ...search, trail: start });
  const none = rows?.length === 0 && !stale;

  return (
    <div className="page admin-page">
      <PageTitle>Candidates</PageTitle>
      <h1>Candidates</h1>
      {none && first && search.q === '' ? (
        <p className="lead flush">Nobody has signed up yet. Candidates are listed here from then on.</p>
      ) : (
        <>
          <div className="candidate-search" role="search" aria-label="Candidates">
            <SearchField
              label="Name or e-mail"
              value={search.q}
              onTake={(q) => go(changedCandidates(search, { q }), true)}
            />
          </div>
          {candidates.isError && (
            <ProblemNotice
              error={candidates.error}
              onRetry={() => void candidates.refetch()}
              {...(!first && {
                action: (
                  <Button variant="words" onClick={toStart}>
                    To the first page
                  </Button>
                ),
              })}
            />
          )}
          {rows === undefined && candidates.isPending && (
            <Loading what="candidates">
              <CandidateRows rows={null} sort={search.sort} onSort={sortBy} />
            </Loading>
          )}
          {rows !== undefined && (
            <section aria-label="Results" className="stack">
              <p ref={top} tabIndex={-1} role="status" className="flush small muted">
                {stale ? 'Loading…' : found(rows.length, search.trail.page, data?.next_cursor ?? null)}
              </p>
              {none ? (
                <div className="nothing">
                  <p className="lead flush">
                    {first
                      ? 'No candidate’s name or e-mail holds these words.'
                      : 'This page is empty: the list has become shorter.'}
                  </p>
                  <Button
                    variant="quiet"
                    onClick={first ? () => go(changedCandidates(search, { q: '' })) : toStart}
                  >
                    {first ? 'Clear the search' : 'To the first page'}
                  </Button>
                </div>
              ) : (
                <div className="admin-results" data-stale={stale || undefined} aria-busy={stale}>
                  <CandidateRows rows={rows} sort={search.sort} onSort={sortBy} />
                </div>
              )}
              <Pager
                trail={search.trail}
                nextCursor={data?.next_cursor ?? null}
                byTime={search.sort === '-registered_at'}
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

function found(count: number, page: number, next: string | null): string {
  if (count === 0) return 'Nobody found.';
  const many = plural(count, 'candidate');
  if (page === 1 && next === null) return many;
  return `${many} on page ${page}${next === null ? ', the last' : ''}`;
}
