import Button from 'react-bootstrap/Button';

import { useRetryAnalysis } from '@/api/reports/retry-analysis';
import type { ReportAnswer } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Notice } from '@/components/notice';
import { ProblemNotice } from '@/components/problem-notice';

/** An answer whose analysis failed: the answer is kept, and there are two ways on. */
export function RetryAnalysis({ interviewId, answer }: { interviewId: string; answer: ReportAnswer }) {
  const retry = useRetryAnalysis(interviewId);
  const ask = (useOffline: boolean) => retry.mutate({ answerId: answer.answer_id, useOffline });
  return (
    <div className="stack">
      <Notice
        tone="problem"
        title="This answer could not be analysed."
        action={
          <>
            <BusyButton
              variant="quiet"
              busy={retry.isPending}
              busyText="Asking again…"
              onClick={() => ask(false)}
            >
              Try again
            </BusyButton>
            <Button variant="words" disabled={retry.isPending} onClick={() => ask(true)}>
              Use the built-in engine
            </Button>
          </>
        }
      >
        {answer.status_reason !== null && `${answer.status_reason} `}Your answer is kept, and nothing was made
        up in its place.
      </Notice>
      {retry.isError && <ProblemNotice error={retry.error} />}
    </div>
  );
}
