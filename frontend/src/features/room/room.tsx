import { useEffect, useRef, useState } from 'react';
import { useBlocker, useNavigate } from 'react-router';

import { useMoveInterview } from '@/api/interviews/move-interview';
import type { Interview, InterviewQuestion } from '@/api/types';
import { LogoMark } from '@/components/logo';
import { useLeaveWarning } from '@/components/page-title';
import { ThemeSwitch } from '@/components/theme-switch';
import { paths } from '@/config/paths';

import { AnswerDesk } from './answer-desk';
import { LeaveDialog } from './leave-dialog';
import { ProgressSteps } from './progress-steps';
import './room.css';
import { Stopwatch } from './stopwatch';
import { useDraft } from './use-draft';

interface Props {
  interview: Interview;
  question: InterviewQuestion;
}

/** One question, one sheet of paper. Keyed by the question from outside, so each begins afresh. */
export function Room({ interview, question }: Props) {
  const navigate = useNavigate();
  const draft = useDraft(interview.id, question);
  const complete = useMoveInterview(interview.id, 'complete');
  const [leaving, setLeaving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const safe = draft.state.status === 'saved';

  useLeaveWarning(!safe);
  const blocker = useBlocker(
    draft.state.status === 'offline' || draft.state.status === 'failed' || draft.state.status === 'conflict',
  );
  const asking = leaving || blocker.state === 'blocked';

  useEffect(() => {
    // The question is read out and the page starts at its top; Tab goes to the sheet.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);

  function leave(): void {
    if (blocker.state === 'blocked') blocker.proceed();
    else void navigate(paths.home);
  }

  return (
    <div className="room">
      <header className="room-bar">
        <button
          type="button"
          className="btn btn-words room-leave"
          onClick={() => {
            void draft.flush();
            setLeaving(true);
          }}
        >
          <LogoMark size={24} />
          <span>
            Leave<span className="visually-hidden"> the interview</span>
          </span>
        </button>
        <ProgressSteps interview={interview} position={question.position} />
        <div className="room-bar-end">
          <Stopwatch since={question.asked_at} suggestedSeconds={question.suggested_seconds} />
          <ThemeSwitch />
        </div>
      </header>

      <div className="room-body">
        <p className="room-topic muted">{question.competency.label}</p>
        <h1
          className="room-question said"
          data-long={(question.text?.length ?? 0) > 180 || undefined}
          ref={heading}
          tabIndex={-1}
        >
          {question.text}
        </h1>
        <AnswerDesk interview={interview} question={question} draft={draft} />
      </div>

      <LeaveDialog
        open={asking}
        safe={safe}
        busy={complete.isPending}
        error={complete.error}
        answered={interview.questions.filter(({ status }) => status === 'submitted').length}
        onStay={() => {
          setLeaving(false);
          complete.reset();
          if (blocker.state === 'blocked') blocker.reset();
        }}
        onLeave={leave}
        onFinish={() => {
          if (!complete.isPending) complete.mutate(undefined, { onSuccess: draft.end });
        }}
      />
    </div>
  );
}
