import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';

import { movingInterviewsQuery } from '@/api/interviews/list-interviews';
import { useUser } from '@/api/session/session';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { InterviewRows } from '@/features/history/interview-rows';
import { FirstThing, NextThing } from '@/features/history/next-thing';
import { useSendRest } from '@/features/room/recording/use-send-rest';

import './home.css';

export function Component() {
  const user = useUser();
  useSendRest(user?.id);
  const interviews = useInfiniteQuery(movingInterviewsQuery(useQueryClient()));
  const all = interviews.data?.pages.flatMap((page) => page.items);
  // What waits for the candidate comes before what is over.
  const next =
    all?.find(({ status }) => status === 'in_progress') ?? all?.find(({ status }) => status !== 'abandoned');
  const rest = all?.filter(({ id }) => id !== next?.id).slice(0, 5) ?? [];

  return (
    <div className="page">
      <PageTitle>Your practice</PageTitle>
      <div className="page-head home-head">
        <h1>{user ? `Hello, ${user.display_name.split(' ')[0] ?? ''}` : 'Your practice'}</h1>
        {next && (
          <Link className="btn btn-quiet" to={paths.newInterview}>
            New interview
          </Link>
        )}
      </div>
      {all === undefined ? (
        interviews.isError ? (
          <ProblemNotice error={interviews.error} onRetry={() => void interviews.refetch()} />
        ) : (
          <Loading what="your interviews">
            <div className="home-loading">
              <SkeletonLine width="9rem" />
              <SkeletonLine width="24rem" height="2.25rem" />
              <SkeletonLine width="19rem" height="1.25rem" />
              <SkeletonLine width="11rem" height="2.75rem" />
            </div>
            <SkeletonRows />
          </Loading>
        )
      ) : next ? (
        <NextThing latest={next} />
      ) : (
        <FirstThing />
      )}
      {rest.length > 0 && (
        <section className="home-past" aria-labelledby="past">
          <div className="row-wrap row-apart">
            <h2 id="past">Before that</h2>
            <Link to={paths.history}>All interviews and your progress</Link>
          </div>
          <InterviewRows interviews={rest} />
        </section>
      )}
    </div>
  );
}
