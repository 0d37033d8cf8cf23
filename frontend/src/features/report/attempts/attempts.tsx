import { useQuery } from '@tanstack/react-query';

import { attemptsQuery, useOpenAttempt } from '@/api/interviews/attempts';
import { reportQuery } from '@/api/reports/get-report';
import type { ReportAnswer } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine } from '@/components/skeleton';
import { plural } from '@/lib/format';

import { AttemptForm } from './attempt-form';
import { CompareAttempts } from './compare-attempts';
import './attempts.css';

const isOver = ({ status }: ReportAnswer) => status !== 'queued' && status !== 'running';

/** Later attempts at one question: the one being written, and those that were read. */
export function Attempts({ interviewId, first }: { interviewId: string; first: ReportAnswer }) {
  const questionId = first.question.id;
  const attempts = useQuery(attemptsQuery(interviewId, questionId));
  const open = useOpenAttempt(interviewId, questionId);
  const submitted = (attempts.data?.items ?? []).filter(({ submitted_at }) => submitted_at !== null);
  const report = useQuery({
    ...reportQuery(interviewId),
    // The report is settled and told about by no event any more: what was handed in is asked about until it is read.
    refetchInterval: ({ state }) => {
      const over = new Set((state.data?.attempts ?? []).filter(isOver).map(({ answer_id }) => answer_id));
      return submitted.every(({ answer_id }) => answer_id !== null && over.has(answer_id)) ? false : 1500;
    },
  });
  if (attempts.isPending)
    return (
      <Loading what="your attempts">
        <SkeletonLine width="20rem" />
      </Loading>
    );
  if (attempts.isError && attempts.data === undefined)
    return <ProblemNotice error={attempts.error} onRetry={() => void attempts.refetch()} />;

  const later = (report.data?.attempts ?? []).filter(({ question }) => question.id === questionId);
  const waiting = submitted.filter(
    ({ answer_id }) => !later.some((one) => one.answer_id === answer_id && isOver(one)),
  );
  const current = attempts.data.items.find(({ submitted_at }) => submitted_at === null);
  return (
    <>
      <p className="flush muted">
        The figures of this report stay on the answers you gave in the interview. A new attempt is typed, read
        like the first, and shown beside it.
      </p>
      {current !== undefined && (
        <AttemptForm
          key={current.number}
          interviewId={interviewId}
          questionId={questionId}
          attempt={current}
        />
      )}
      {waiting.map(({ number }) => (
        <p key={number} className="flush muted" role="status">
          Attempt {number} is handed in and being read. It appears here by itself.
        </p>
      ))}
      {later.length > 0 && <CompareAttempts key={later.length} answers={[first, ...later]} />}
      {open.isError && <ProblemNotice error={open.error} />}
      {current === undefined &&
        (attempts.data.left > 0 ? (
          <div>
            <BusyButton
              variant="quiet"
              busy={open.isPending}
              busyText="Opening…"
              onClick={() => open.mutate()}
            >
              Answer it again
            </BusyButton>{' '}
            <span className="small muted">{plural(attempts.data.left, 'attempt')} left.</span>
          </div>
        ) : (
          <p className="flush muted">
            All {attempts.data.most} attempts at this question are used. Practise it in a new interview.
          </p>
        ))}
    </>
  );
}
