import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams } from 'react-router';

import { reviewedInterviewQuery } from '@/api/admin/get-reviewed-interview';
import { isProblem } from '@/api/problem';
import type { ReviewedInterview } from '@/api/types';
import { Icon } from '@/components/icon';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';

import { Contents } from './contents';
import './interview-page.css';
import { QuestionRecord } from './question-record';
import { RecordFacts } from './record-facts';
import { ReportRecord } from './report-record';
import { SessionRecord } from './session-record';
import { candidateName, reportWords, statusWords } from './status-words';

/** Everything there is about one interview. */
export function Component() {
  const { interviewId = '' } = useParams();
  const interview = useQuery({
    ...reviewedInterviewQuery(interviewId),
    refetchInterval: ({ state }) => (state.data !== undefined && changes(state.data) ? 10_000 : false),
  });
  const { data } = interview;

  return (
    <div className="page record">
      <BackLink />
      {data === undefined ? (
        interview.isError ? (
          <NotShown error={interview.error} onRetry={() => void interview.refetch()} />
        ) : (
          <RecordSkeleton />
        )
      ) : (
        <>
          <RecordHead interview={data} />
          <RecordFacts interview={data} />
          <ReportRecord interview={data} />
          <section aria-labelledby="questions" className="record-questions">
            <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
              <h2 id="questions">Questions and answers</h2>
              {data.questions.length === 0 && (
                <p className="flush muted">
                  {data.status === 'preparing'
                    ? 'The questions are being written. They appear here by themselves.'
                    : 'There are no questions in this record.'}
                </p>
              )}
              {data.questions.length > 1 && <Contents questions={data.questions} />}
            </div>
            {data.questions.map((question) => (
              <QuestionRecord key={question.id} question={question} />
            ))}
          </section>
          <SessionRecord interview={data} />
        </>
      )}
    </div>
  );
}

/** Whether more will come without anybody doing anything here. */
function changes({ status, report_status: report }: ReviewedInterview): boolean {
  if (status === 'completed') return report === 'none' || report === 'pending';
  return status !== 'abandoned';
}

/** Back to the table as it was: with its filters and on its page. */
function BackLink() {
  const state = useLocation().state as unknown;
  const from =
    typeof state === 'object' && state !== null && 'from' in state && typeof state.from === 'string'
      ? state.from
      : '';
  return (
    <Link className="record-back" to={{ pathname: paths.adminInterviews, search: from }}>
      <Icon name="back" /> Interviews
    </Link>
  );
}

function RecordHead({ interview }: { interview: ReviewedInterview }) {
  const { candidate, role, level, status, report_status: report } = interview;
  const name = candidateName(candidate);
  return (
    <header className="record-head">
      <PageTitle>{`${name}: ${role.title}`}</PageTitle>
      <h1>{name}</h1>
      <p className="lead flush">
        {role.title}, {level.label.toLowerCase()}
      </p>
      <p className="flush">
        {statusWords[status]}
        {report !== 'none' && (
          <>
            {' · '}
            <span className={report === 'failed' ? 'attention' : undefined}>{reportWords[report]}</span>
          </>
        )}
      </p>
    </header>
  );
}

function NotShown({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const unknown = isProblem(error) && (error.status === 404 || error.status === 422);
  return (
    <>
      <PageTitle>Interview</PageTitle>
      <h1>{unknown ? 'There is no such interview' : 'The record could not be loaded'}</h1>
      {unknown ? (
        <p className="lead flush">
          The address may be mistyped. An interview set up this very moment can take some seconds to arrive
          here.
        </p>
      ) : (
        <ProblemNotice error={error} onRetry={onRetry} />
      )}
    </>
  );
}

function RecordSkeleton() {
  return (
    <Loading what="the record">
      <PageTitle>Interview</PageTitle>
      <h1 className="visually-hidden">Interview</h1>
      <div className="stack" style={{ '--gap': '2.5rem' } as React.CSSProperties}>
        <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
          <SkeletonLine width="16rem" height="2.25rem" />
          <SkeletonLine width="22rem" height="1.25rem" />
        </div>
        <SkeletonRows rows={5} />
      </div>
    </Loading>
  );
}
