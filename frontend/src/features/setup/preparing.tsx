import { useEffect, useState, type ReactNode } from 'react';
import Button from 'react-bootstrap/Button';
import { Link } from 'react-router';

import { useMoveInterview } from '@/api/interviews/move-interview';
import type { Interview } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Notice } from '@/components/notice';
import { ProblemNotice } from '@/components/problem-notice';
import { SkeletonLine } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { serverNow } from '@/lib/server-clock';

import './preparing.css';
import { QuestionReasons } from './question-reasons';

/** While the server writes the questions, and when it could not. */
export function Preparing({ interview }: { interview: Interview }) {
  const { stage, message, since } = interview.preparation;
  const slow = useOverdue(since, 20_000);
  if (stage === 'failed' || (interview.status === 'draft' && stage !== 'waiting'))
    return <PreparationFailed interview={interview} />;
  return (
    <div className="preparing">
      <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
        <p className="flush muted">
          {interview.role.title}, {interview.level.label.toLowerCase()}
        </p>
        <h1>Your questions are being prepared</h1>
        <p className="lead flush" role="status">
          {message ?? (stage === 'writing' ? 'Choosing and writing the questions.' : 'Waiting for its turn.')}
        </p>
        {slow && (
          <p className="flush muted" role="status">
            This takes longer than usual. You can wait here or come back later: the interview stays in your
            practice.
          </p>
        )}
      </div>
      <div className="preparing-shape" aria-hidden="true">
        {Array.from({ length: Math.min(interview.question_count, 5) }, (_, index) => (
          <div key={index} className="preparing-line">
            <span>{index + 1}</span>
            <SkeletonLine width={`${86 - ((index * 17) % 34)}%`} height="1.375rem" />
          </div>
        ))}
      </div>
    </div>
  );
}

function PreparationFailed({ interview }: { interview: Interview }) {
  const prepare = useMoveInterview(interview.id, 'prepare');
  return (
    <div className="preparing">
      <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
        <p className="flush muted">
          {interview.role.title}, {interview.level.label.toLowerCase()}
        </p>
        <h1>The questions could not be prepared</h1>
      </div>
      <Notice
        tone="problem"
        title={interview.preparation.message ?? 'The service that writes questions did not answer.'}
        urgent
        action={
          <>
            <BusyButton busy={prepare.isPending} busyText="Asking again…" onClick={() => prepare.mutate()}>
              Try again
            </BusyButton>
            <Link
              className="btn btn-words"
              to={`${paths.newInterview}?role=${interview.role.id}&level=${interview.level.id}`}
            >
              Change the choices
            </Link>
          </>
        }
      >
        Your choices are kept.
        {interview.allow_fallback
          ? ' Try again now or later.'
          : ' Try again, or change the choices and allow the built-in question bank to step in.'}
      </Notice>
      {prepare.isError && <ProblemNotice error={prepare.error} />}
    </div>
  );
}

/** True once `since` is longer than `limit` ms ago. */
function useOverdue(since: string | null, limit: number): boolean {
  const [overdue, setOverdue] = useState<string | null>(null);
  useEffect(() => {
    if (since === null) return;
    const left = Math.max(0, limit - (serverNow() - Date.parse(since)));
    const timer = setTimeout(() => setOverdue(since), left);
    return () => clearTimeout(timer);
  }, [since, limit]);
  return since !== null && overdue === since;
}

interface ReadyProps {
  interview: Interview;
  /** What can be looked at and chosen before, between the terms and the button. */
  children?: ReactNode;
  /** What is on, said beside the button. */
  summary?: ReactNode;
}

/** The last moment of calm: what will happen, what may be on, and one button that is always in reach. */
export function ReadyToStart({ interview, children, summary }: ReadyProps) {
  const start = useMoveInterview(interview.id, 'start');
  const abandon = useMoveInterview(interview.id, 'abandon');
  const source = interview.question_source;
  return (
    <div className="preparing">
      <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
        <p className="flush muted">
          {interview.role.title}, {interview.level.label.toLowerCase()}
        </p>
        <h1>Your {interview.question_count} questions are ready</h1>
      </div>
      {source?.fallback_reason != null && (
        <Notice title="These questions come from the built-in bank.">{source.fallback_reason}</Notice>
      )}
      <QuestionReasons questions={interview.questions} />
      <ul className="preparing-terms">
        <li>One question at a time; the next comes when you hand in or skip.</li>
        <li>The clock only shows the time. It never cuts you off.</li>
        <li>What you write is saved as you go, so you can stop and go on later.</li>
        <li>An answer that is handed in stays as it is.</li>
      </ul>
      {children}
      <div className="row-wrap preparing-others">
        <Link className="btn btn-words" to={paths.home}>
          Later
        </Link>
        <Button variant="words" disabled={abandon.isPending} onClick={() => abandon.mutate()}>
          Discard this interview
        </Button>
      </div>
      <div className="preparing-bar">
        {start.isError && <ProblemNotice error={start.error} />}
        {abandon.isError && <ProblemNotice error={abandon.error} />}
        <div className="preparing-go">
          <BusyButton
            className="preparing-start"
            busy={start.isPending}
            busyText="Opening…"
            onClick={() => start.mutate()}
          >
            Show the first question
          </BusyButton>
          {summary !== undefined && <p className="flush small muted">{summary}</p>}
        </div>
      </div>
    </div>
  );
}
