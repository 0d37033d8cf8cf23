import type { ReviewedAnswer, ReviewedQuestion } from '@/api/types';
import { AnswerReview } from '@/components/answer/answer-review';
import { Notice } from '@/components/notice';

import { questionElementId } from './contents';
import { Moment } from './moment';
import { QuestionState } from './question-state';
import { kindWords } from './status-words';

/** One question with what a good answer covers, the answer marked up, and its analysis in full. */
export function QuestionRecord({ question }: { question: ReviewedQuestion }) {
  const { answer } = question;
  const headingId = `${questionElementId(question.position)}-text`;
  const meta = [
    question.competency.label,
    question.kind !== null && kindWords(question.kind),
    question.difficulty !== null && `difficulty ${question.difficulty} of 5`,
  ].filter((part) => part !== false);
  return (
    <article
      id={questionElementId(question.position)}
      className="question-record"
      aria-labelledby={headingId}
      tabIndex={-1}
    >
      <header className="question-record-head">
        <p className="flush small muted">
          {question.position} · {meta.join(' · ')}
        </p>
        <h3 id={headingId} className="question-record-text said">
          {question.text}
        </h3>
        <QuestionState question={question} />
      </header>
      {answer === null ? (
        <KeyPointList question={question} />
      ) : (
        <>
          {answer.analysis?.headline != null && (
            <p className="question-record-headline">{answer.analysis.headline}</p>
          )}
          <AnalysisState answer={answer} />
          <AnswerReview answer={answer} transcript={answer.transcript} by="the candidate" />
          {answer.analysis === null && <KeyPointList question={question} />}
          <p className="flush small muted">
            Handed in <Moment at={answer.submitted_at} />
            {answer.analysis !== null &&
              answer.analysis.attempt > 1 &&
              `, attempt ${answer.analysis.attempt}`}
            .
          </p>
        </>
      )}
    </article>
  );
}

function AnalysisState({ answer }: { answer: ReviewedAnswer }) {
  if (answer.analysis_status === 'failed')
    return (
      <Notice tone="problem" title="This answer could not be analysed.">
        {answer.analysis_reason !== null && `${answer.analysis_reason} `}The answer is kept, and the candidate
        can ask again.
      </Notice>
    );
  if (answer.analysis_status === 'queued' || answer.analysis_status === 'running')
    return (
      <p className="flush muted" role="status">
        {answer.analysis_status === 'queued' ? 'The answer waits to be read.' : 'The answer is being read.'}{' '}
        Its analysis appears here by itself.
      </p>
    );
  return null;
}

/** What the question looked for, where no analysis says it point by point. */
function KeyPointList({ question }: { question: ReviewedQuestion }) {
  if (question.key_points.length === 0) return null;
  return (
    <section className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
      <h4 className="review-heading">A good answer covers</h4>
      <ul className="flush review-facts">
        {question.key_points.map((point) => (
          <li key={point.id}>{point.text}</li>
        ))}
      </ul>
    </section>
  );
}
