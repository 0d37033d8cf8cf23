import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';

import { catalogQuery } from '@/api/catalog/get-catalog';
import { useUser } from '@/api/session/session';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { SetupForm } from '@/features/setup/setup-form';

export function Component() {
  const catalog = useQuery(catalogQuery);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const user = useUser();
  return (
    <div className="page">
      <PageTitle>New interview</PageTitle>
      <div className="page-head">
        <h1>New interview</h1>
      </div>
      {catalog.data ? (
        <SetupForm
          key={user?.id}
          owner={user?.id ?? ''}
          catalog={catalog.data}
          startRole={search.get('role')}
          startLevel={search.get('level')}
          onCreated={(interview) => void navigate(paths.interview(interview.id))}
        />
      ) : catalog.isError ? (
        <ProblemNotice error={catalog.error} onRetry={() => void catalog.refetch()} />
      ) : (
        <Loading what="the jobs and levels">
          <div className="stack" style={{ '--gap': '2rem' } as React.CSSProperties}>
            <SkeletonLine width="8rem" height="1.25rem" />
            <SkeletonLine height="3rem" />
            <SkeletonRows rows={4} />
          </div>
        </Loading>
      )}
    </div>
  );
}
