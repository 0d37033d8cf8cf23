import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, Navigate, useParams } from 'react-router';

import { isSettled, useLiveInterview } from '@/api/interviews/use-live-interview';
import { isProblem } from '@/api/problem';
import { reportQuery } from '@/api/reports/get-report';
import { useUser } from '@/api/session/session';
import type { Interview, InterviewReport, Report, ReportAnswer } from '@/api/types';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { AnswerEntry } from '@/features/report/answer-entry';
import { BesideTheScores } from '@/features/report/beside-the-scores';
import { OnThisPage } from '@/features/report/on-this-page';
import { ReadingProgress } from '@/features/report/reading-progress';
import { ReportSummary } from '@/features/report/report-summary';
import { RateFirst, ratable } from '@/features/report/rating/rate-first';
import { RoomRecord } from '@/features/report/room-record';
import { SaveReport } from '@/features/report/save-report';
import { useOpenUnasked } from '@/features/report/use-open-unasked';
import { useRoomRecord } from '@/features/report/use-room-record';
import { useSendRest } from '@/features/room/recording/use-send-rest';
import { tellLater } from '@/features/room/watch/tell-notices';
import { providerName } from '@/lib/provider-name';

import './report.css';

export function Component() {
  const { interviewId = '' } = useParams();
  const interview = useLiveInterview(interviewId);
  const report = useQuery({
    ...reportQuery(interviewId),
    enabled: interview.data?.status === 'completed',
    // Events say when there is more; this only covers events that were missed. Of an interview that was settled none
    // are listened to, so an answer that is read once more is asked about.
    refetchInterval: ({ state }) => {
      if (interview.data !== undefined && !isSettled(interview.data)) return 8000;
      if (state.data?.status === 'pending') return 2000;
      if (state.data?.revealed !== false) return false;
      // One that was just asked for and could not be read is wanted now. Else it may be opened in another tab, which
      // no event tells.
      return state.status === 'error' ? 3000 : 30_000;
    },
    refetchOnWindowFocus: ({ state }) => (state.data?.revealed === false ? 'always' : true),
  });

  if (interview.isError && interview.data === undefined)
    return (
      <div className="page page-narrow">
        <PageTitle>Report</PageTitle>
        <div className="page-head">
          <h1>
            {isProblem(interview.error) && interview.error.status === 404
              ? 'There is no such interview'
              : 'The report could not be loaded'}
          </h1>
        </div>
        <ProblemNotice
          error={interview.error}
          onRetry={() => void interview.refetch()}
          action={
            <Link className="btn btn-words" to={paths.history}>
              To your history
            </Link>
          }
        />
      </div>
    );
  if (interview.data === undefined) return <ReportSkeleton />;
  if (interview.data.status !== 'completed' && interview.data.status !== 'abandoned')
    return <Navigate to={paths.interview(interviewId)} replace />;

  return <Finished interview={interview.data} report={report} />;
}

interface FinishedProps {
  interview: Interview;
  report: UseQueryResult<Report>;
}

/** Everything about an interview that is over. */
function Finished({ interview, report }: FinishedProps) {
  const record = useRoomRecord(interview);
  useSendRest(useUser()?.id);
  // What the room could not tell before this page was loaded anew.
  const queries = useQueryClient();
  useEffect(() => tellLater(interview.id, queries), [interview.id, queries]);
  // The analysis service may not have heard of the interview yet: that is "being read", not an error.
  const unknown = isProblem(report.error) && report.error.status === 404;
  // Nobody rates what they have seen the score of, and the lists may have told it.
  const blind = report.data?.revealed === false && !interview.report_revealed;
  const toRate = blind ? ratable(interview) : [];
  const rating = toRate.length > 0;
  const open = useOpenUnasked(interview, report.data, rating);
  const page = useRef<HTMLDivElement>(null);
  const wasRating = useRef(rating);
  useEffect(() => {
    // The button that was pressed is gone: reading goes on at the top of the report, for eyes and screen readers.
    if (wasRating.current && !rating) {
      page.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    wasRating.current = rating;
  }, [rating]);
  if (rating)
    return (
      <div className="page report">
        <PageTitle>Rate your own answers</PageTitle>
        <RateFirst interview={interview} questions={toRate} />
      </div>
    );
  return (
    <div className="page report" ref={page} tabIndex={-1}>
      <PageTitle>{`Report: ${interview.role.title}`}</PageTitle>
      <ReportTop
        interview={interview}
        report={report.data?.report ?? null}
        loading={report.isPending && !unknown}
      />
      {report.isError && !unknown && (
        <ProblemNotice error={report.error} onRetry={() => void report.refetch()} />
      )}
      {open.isError && report.data?.revealed === false && (
        <ProblemNotice error={open.error} onRetry={() => open.mutate(new Map())} />
      )}
      {report.data?.report != null && <BesideTheScores view={report.data} report={report.data.report} />}
      <OnThisPage parts={record.parts} />
      <AnswerList
        interview={interview}
        answers={report.data?.revealed === true ? report.data.answers : []}
        report={report.data?.report ?? null}
      />
      <RoomRecord interview={interview} record={record} />
      <ReportEnd report={report.data?.report ?? null} interview={interview} />
    </div>
  );
}

interface TopProps {
  interview: Interview;
  report: InterviewReport | null;
  loading: boolean;
}

function ReportTop({ interview, report, loading }: TopProps) {
  const answered = interview.questions.some((question) => question.answer !== null);
  if (report !== null) return <ReportSummary interview={interview} report={report} />;
  if (!answered || interview.status === 'abandoned')
    return (
      <div className="page-head">
        <h1>
          {interview.status === 'abandoned' ? 'This interview was left' : 'There is nothing to report yet'}
        </h1>
        <p className="lead">
          {answered
            ? 'What was answered is kept below. An overall needs an interview that was finished.'
            : 'No question was answered, so there is nothing to read. The next interview can be shorter: three questions take about ten minutes.'}
        </p>
      </div>
    );
  if (loading && isSettled(interview)) return <SummarySkeleton />;
  return <ReadingProgress interview={interview} />;
}

interface ListProps {
  interview: Interview;
  answers: ReportAnswer[];
  report: InterviewReport | null;
}

function AnswerList({ interview, answers, report }: ListProps) {
  const byQuestion = new Map(answers.map((answer) => [answer.question.id, answer]));
  const firstReady = interview.questions.find(({ id }) => byQuestion.get(id)?.analysis != null)?.id;
  return (
    <section aria-labelledby="answers" className="report-answers">
      <h2 id="answers">Answer by answer</h2>
      <div>
        {interview.questions.map((question) => (
          <AnswerEntry
            key={question.id}
            interviewId={interview.id}
            question={question}
            answer={byQuestion.get(question.id) ?? null}
            startOpen={question.id === firstReady || byQuestion.get(question.id)?.can_retry === true}
          />
        ))}
      </div>
      {report !== null && report.coverage.not_scored.length > 0 && (
        <NotScored interview={interview} items={report.coverage.not_scored} />
      )}
    </section>
  );
}

function NotScored({
  interview,
  items,
}: {
  interview: Interview;
  items: InterviewReport['coverage']['not_scored'];
}) {
  return (
    <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
      <h3>Not in the figures</h3>
      <ul className="flush muted">
        {items.map((item) => (
          <li key={item.question_id}>
            Question {interview.questions.find(({ id }) => id === item.question_id)?.position}: {item.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ReportEnd({ report, interview }: { report: InterviewReport | null; interview: Interview }) {
  const source = interview.question_source;
  return (
    <footer className="report-end">
      {report !== null && <SaveReport interviewId={interview.id} />}
      {isSettled(interview) && (
        <Link
          className="btn btn-primary"
          to={`${paths.newInterview}?role=${interview.role.id}&level=${interview.level.id}`}
        >
          Practise again
        </Link>
      )}
      <div className="stack small muted" style={{ '--gap': '0.25rem' } as React.CSSProperties}>
        {report?.limits.map((limit) => (
          <p key={limit} className="flush">
            {limit}
          </p>
        ))}
        {source !== null && (
          <p className="flush">
            Questions{' '}
            {source.provider === 'bank' || source.provider === 'offline'
              ? 'from the built-in question bank'
              : `written by ${providerName(source.provider)}${source.model === null ? '' : ` (${source.model})`}`}
            .{source.fallback_reason !== null && ` ${source.fallback_reason}`}
          </p>
        )}
      </div>
    </footer>
  );
}

function SummarySkeleton() {
  return (
    <Loading what="the report">
      <h1 className="visually-hidden">Your report</h1>
      <div className="stack" style={{ '--gap': '1rem' } as React.CSSProperties}>
        <SkeletonLine width="9rem" height="1.25rem" />
        <SkeletonLine width="32rem" height="2.25rem" />
        <SkeletonLine width="24rem" height="2.25rem" />
        <SkeletonLine width="38rem" />
      </div>
    </Loading>
  );
}

function ReportSkeleton() {
  return (
    <div className="page report">
      <PageTitle>Report</PageTitle>
      <SummarySkeleton />
      <SkeletonRows rows={4} />
    </div>
  );
}
