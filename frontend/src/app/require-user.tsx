import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';

import { onSessionExpired, reportSessionRestored } from '@/api/query-client';
import { sessionQuery } from '@/api/session/session';
import type { User } from '@/api/types';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths, withNext } from '@/config/paths';
import { leaveTo } from '@/lib/leave-to';

import { NoPermission } from './no-permission';

const SessionEndedDialog = lazy(() =>
  import('@/features/auth/session-ended-dialog').then((dialog) => ({ default: dialog.SessionEndedDialog })),
);

/**
 * Shows its pages to people who are logged in (with the role, when one is asked for). When a session ends under
 * someone's hands the page stays as it is and the password is asked for in place, so nothing typed is lost.
 */
export function RequireUser({ role }: { role?: User['role'] }) {
  const location = useLocation();
  const session = useQuery(sessionQuery);
  const user = session.data?.user;
  const [member, setMember] = useState<User | null>(null);
  const [expired, setExpired] = useState(false);
  const queries = useQueryClient();

  useEffect(() => onSessionExpired(() => setExpired(true)), []);

  const other = member !== null && user != null && user.id !== member.id;
  useEffect(() => {
    // Somebody else logged in, in another tab: nothing of the first person may stay.
    if (other) leaveTo(paths.home);
  }, [other]);
  if (member === null && user != null) setMember(user);

  if (member === null) {
    if (user === null)
      return <Navigate to={withNext(paths.logIn, location.pathname + location.search)} replace />;
    if (session.isError)
      return (
        <div className="page page-narrow">
          <h1 className="visually-hidden">Interview Kit</h1>
          <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
        </div>
      );
    return <PageSkeleton />;
  }
  if (other) return <PageSkeleton />;
  if (role !== undefined && member.role !== role) return <NoPermission needed={role} />;

  const ended = expired || user === null;
  function back(): void {
    setExpired(false);
    reportSessionRestored();
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  }
  return (
    <>
      <Outlet />
      {ended && (
        <Suspense>
          <SessionEndedDialog user={member} onBack={back} />
        </Suspense>
      )}
    </>
  );
}

function PageSkeleton() {
  return (
    <div className="page">
      <Loading what="your page">
        <div className="page-head">
          <SkeletonLine width="18rem" height="2.25rem" />
          <SkeletonLine width="26rem" />
        </div>
        <SkeletonRows />
      </Loading>
    </div>
  );
}
