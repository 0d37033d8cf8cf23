import { lazy, Suspense, useState, type ReactNode } from 'react';

import type { ReportAnswer } from '@/api/types';
import { Loading, SkeletonLine } from '@/components/skeleton';

import './second-try.css';

// Nobody needs these to read a report, so they come when they are opened.
const ImproveAnswer = lazy(async () => ({
  default: (await import('./improve/improve-answer')).ImproveAnswer,
}));
const Attempts = lazy(async () => ({ default: (await import('./attempts/attempts')).Attempts }));

/** What can be done with an answer after reading about it: say it better, or answer once more. */
export function SecondTry({ interviewId, answer }: { interviewId: string; answer: ReportAnswer }) {
  const ended = answer.status !== 'queued' && answer.status !== 'running';
  if (!ended) return null;
  return (
    <div className="second-try">
      <Opening title="Improve this answer">
        <ImproveAnswer interviewId={interviewId} answer={answer} />
      </Opening>
      <Opening title="Answer it again, and compare">
        <Attempts interviewId={interviewId} first={answer} />
      </Opening>
    </div>
  );
}

function Opening({ title, children }: { title: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <div className="second-try-body">
          <Suspense
            fallback={
              <Loading what={title}>
                <SkeletonLine width="20rem" />
              </Loading>
            }
          >
            {children}
          </Suspense>
        </div>
      )}
    </details>
  );
}
