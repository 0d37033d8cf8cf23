import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';

import { improvementQuery, useAskForImprovement, useGiveFacts } from '@/api/reports/improvement';
import type { Improvement, ReportAnswer } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Notice } from '@/components/notice';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine } from '@/components/skeleton';

import { FactForm } from './fact-form';
import './improve-answer.css';
import { Improved } from './improved';

interface Props {
  interviewId: string;
  answer: ReportAnswer;
}

/** From an answer to a better one: what is missing is asked first, and nothing else is added. */
export function ImproveAnswer({ interviewId, answer }: Props) {
  const improvement = useQuery(improvementQuery(interviewId, answer.answer_id));
  const ask = useAskForImprovement(interviewId, answer.answer_id);
  if (improvement.isPending)
    return (
      <Loading what="what was improved so far">
        <SkeletonLine width="20rem" />
      </Loading>
    );
  if (improvement.isError && improvement.data === undefined)
    return <ProblemNotice error={improvement.error} onRetry={() => void improvement.refetch()} />;
  if (improvement.data === null)
    return (
      <>
        <p className="flush">
          First you are asked for what is missing. Then your answer is put into a better order, with nothing
          but what you said yourself.
        </p>
        {ask.isError && <ProblemNotice error={ask.error} />}
        <div>
          <BusyButton
            variant="quiet"
            busy={ask.isPending}
            busyText="Looking what is missing…"
            onClick={() => ask.mutate()}
          >
            Begin
          </BusyButton>
        </div>
      </>
    );
  return <Known interviewId={interviewId} answer={answer} improvement={improvement.data} />;
}

function Known({ interviewId, answer, improvement }: Props & { improvement: Improvement }) {
  const give = useGiveFacts(interviewId, answer.answer_id);
  const [changing, setChanging] = useState(false);
  const same = (useOffline: boolean) =>
    give.mutate({
      facts: improvement.facts.map(({ id, text }) => ({ id, text: text ?? '' })),
      useOffline,
    });
  if (improvement.status === 'needs_facts' || (changing && improvement.facts.length > 0))
    return (
      <FactForm
        facts={improvement.facts}
        busy={give.isPending}
        error={give.error}
        onGive={(facts, useOffline) =>
          give.mutate({ facts, useOffline }, { onSuccess: () => setChanging(false) })
        }
      />
    );
  if (improvement.status === 'failed')
    return (
      <>
        <Notice
          tone="problem"
          title="This answer could not be improved."
          action={
            <>
              <BusyButton
                variant="quiet"
                busy={give.isPending}
                busyText="Asking again…"
                onClick={() => same(false)}
              >
                Try again
              </BusyButton>
              <Button variant="words" disabled={give.isPending} onClick={() => same(true)}>
                Make an outline without AI
              </Button>
            </>
          }
        >
          {improvement.status_reason}. Your answer and your facts are kept, and nothing was made up.
        </Notice>
        {give.isError && <ProblemNotice error={give.error} />}
      </>
    );
  if (improvement.result === null)
    return (
      <p className="flush muted" role="status">
        Your answer is being put into order. It appears here by itself; you can go on reading meanwhile.
      </p>
    );
  return (
    <>
      <Improved result={improvement.result} />
      {give.isError && <ProblemNotice error={give.error} />}
      <div className="improve-actions">
        {improvement.facts.length > 0 && (
          <Button variant="quiet" onClick={() => setChanging(true)}>
            Change my facts
          </Button>
        )}
        {improvement.result.fallback_reason !== null && (
          <BusyButton
            variant="words"
            busy={give.isPending}
            busyText="Asking again…"
            onClick={() => same(false)}
          >
            Try the rewrite again
          </BusyButton>
        )}
      </div>
    </>
  );
}
