import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';

import { movingInterviewsQuery } from '@/api/interviews/list-interviews';
import { reportsQuery } from '@/api/reports/list-reports';
import type { ReportSummary } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { CompetencyTrends } from '@/features/history/competency-trends';
import { InterviewRows } from '@/features/history/interview-rows';
import { competencyTrends, trendPoints, trendSentence } from '@/features/history/trend';
import { TrendChart } from '@/features/history/trend-chart';

import './history.css';

export function Component() {
  const reports = useQuery(reportsQuery);
  const interviews = useInfiniteQuery(movingInterviewsQuery(useQueryClient()));
  const all = interviews.data?.pages.flatMap((page) => page.items);

  return (
    <div className="page history">
      <PageTitle>History</PageTitle>
      <h1>History</h1>
      {all?.length === 0 ? (
        <div className="stack">
          <p className="lead flush">
            Your finished interviews will be listed here, with a line that shows whether the answers get
            stronger.
          </p>
          <div>
            <Link className="btn btn-primary" to={paths.newInterview}>
              Begin the first
            </Link>
          </div>
        </div>
      ) : (
        <>
          <Progress
            reports={reports.data?.items.filter(({ revealed }) => revealed)}
            error={reports.error}
            onRetry={() => void reports.refetch()}
          />
          <section aria-labelledby="interviews" className="history-part">
            <h2 id="interviews">Interviews</h2>
            {all === undefined ? (
              interviews.isError ? (
                <ProblemNotice error={interviews.error} onRetry={() => void interviews.refetch()} />
              ) : (
                <Loading what="your interviews">
                  <SkeletonRows rows={4} />
                </Loading>
              )
            ) : (
              <InterviewRows interviews={all} />
            )}
            {interviews.hasNextPage && (
              <div>
                <BusyButton
                  variant="quiet"
                  busy={interviews.isFetchingNextPage}
                  busyText="Loading…"
                  onClick={() => void interviews.fetchNextPage()}
                >
                  Show earlier ones
                </BusyButton>
              </div>
            )}
          </section>
        </>
      )}
    </div>
  );
}

interface ProgressProps {
  /** Those whose figures were asked for; the others say in the list that they wait. */
  reports: ReportSummary[] | undefined;
  error: unknown;
  onRetry: () => void;
}

function Progress({ reports, error, onRetry }: ProgressProps) {
  if (reports === undefined)
    return error === null ? (
      <Loading what="your progress">
        <div className="stack">
          <SkeletonLine width="22rem" height="1.25rem" />
          <SkeletonLine height="14rem" />
        </div>
      </Loading>
    ) : (
      <ProblemNotice error={error} onRetry={onRetry} />
    );
  if (reports.length === 0) return null;
  const points = trendPoints(reports);
  const trends = competencyTrends(reports);
  const without = reports.length - points.length;
  return (
    <>
      <section aria-labelledby="progress" className="history-part">
        <h2 id="progress" className="visually-hidden">
          Progress
        </h2>
        <p className="lead flush">{trendSentence(points)}</p>
        {points.length > 0 && <TrendChart points={points} />}
        {without > 0 && points.length > 0 && (
          <p className="small muted flush">
            {without === 1 ? 'One report has' : `${without} reports have`} no overall figure and{' '}
            {without === 1 ? 'is' : 'are'} not drawn: too few answers could be scored.
          </p>
        )}
      </section>
      {trends.length > 0 && (
        <section aria-labelledby="competencies" className="history-part">
          <h2 id="competencies">By competency</h2>
          <CompetencyTrends trends={trends} />
        </section>
      )}
    </>
  );
}
