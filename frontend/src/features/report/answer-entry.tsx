import { useId, useState } from 'react';

import type { InterviewQuestion, ReportAnswer } from '@/api/types';
import { AnswerReview } from '@/components/answer/answer-review';
import { Icon } from '@/components/icon';
import { LevelScale, bandOfLevel, bands } from '@/components/level-scale';

import './answer-entry.css';
import { DeliveryPart } from './delivery/delivery-part';
import { RetryAnalysis } from './retry-analysis';
import { SecondTry } from './second-try';

interface Props {
  interviewId: string;
  question: InterviewQuestion;
  /** Null when the question was skipped or not reached, or while the report does not list it yet. */
  answer: ReportAnswer | null;
  startOpen: boolean;
}

/** One question of the report: a line with its level that opens into the marked-up answer. */
export function AnswerEntry({ interviewId, question, answer, startOpen }: Props) {
  const panelId = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? startOpen;
  const answered = answer !== null || question.answer !== null;
  const status = answer?.status ?? question.answer?.analysis ?? null;

  return (
    <article className="entry" id={`question-${question.position}`}>
      <h3 className="entry-head">
        {answered ? (
          <button
            type="button"
            className="entry-toggle"
            aria-expanded={open}
            aria-controls={panelId}
            onClick={() => setChosen(!open)}
          >
            <EntryLine question={question} />
            <EntryStatus answer={answer} status={status} />
            <span className="entry-arrow">
              <Icon name="down" />
            </span>
          </button>
        ) : (
          <span className="entry-toggle entry-still">
            <EntryLine question={question} />
            <span className="entry-status muted">
              {question.status === 'skipped' ? 'Skipped' : 'Not reached'}
            </span>
          </span>
        )}
      </h3>
      <div id={panelId} className="entry-panel" hidden={!open || !answered}>
        {open && answer !== null && (
          <div className="stack" style={{ '--gap': '1.5rem' } as React.CSSProperties}>
            {answer.analysis?.headline != null && (
              <p className="entry-headline" dir="auto">
                {answer.analysis.headline}
              </p>
            )}
            {(status === 'queued' || status === 'running') && (
              <p className="flush muted" role="status">
                This answer is being read. Notes appear here by themselves.
              </p>
            )}
            {answer.can_retry && <RetryAnalysis interviewId={interviewId} answer={answer} />}
            {status === 'failed' && !answer.can_retry && (
              <p className="flush muted">This answer could not be analysed. {answer.status_reason}</p>
            )}
            <AnswerReview answer={answer} transcript={question.answer?.transcript} />
            {answer.analysis?.delivery != null && <DeliveryPart delivery={answer.analysis.delivery} />}
            <SecondTry interviewId={interviewId} answer={answer} />
          </div>
        )}
        {open && answer === null && question.answer !== null && (
          <p className="marked-answer said flush">{question.answer.text}</p>
        )}
      </div>
    </article>
  );
}

function EntryLine({ question }: { question: InterviewQuestion }) {
  return (
    <span className="entry-line">
      <span className="entry-meta">
        {question.position} · <bdi>{question.competency.label}</bdi>
      </span>
      <span className="entry-question said">{question.text ?? 'This question was not shown.'}</span>
    </span>
  );
}

function EntryStatus({
  answer,
  status,
}: {
  answer: ReportAnswer | null;
  status: ReportAnswer['status'] | null;
}) {
  const score = answer?.analysis?.score ?? null;
  if (score !== null)
    return (
      <span className="entry-status">
        <LevelScale level={bands.indexOf(score.band) + 1} word={bandOfLevel(bands.indexOf(score.band) + 1)} />
        <span className="small muted figures">
          {score.value.toFixed(1)} <span className="visually-hidden">of 5</span>
        </span>
      </span>
    );
  if (status === 'failed') return <span className="entry-status entry-failed">Not analysed</span>;
  if (status === 'queued') return <span className="entry-status muted">Waiting to be read</span>;
  if (status === 'running')
    return (
      <span className="entry-status entry-reading">
        <span className="reading-dot" aria-hidden="true" /> Being read
      </span>
    );
  // What came of it is told with the report.
  if (answer?.analysis == null) return <span className="entry-status muted">Read</span>;
  return <span className="entry-status muted">Not scored</span>;
}
