import type { AskedQuestion, Interview } from '@/api/types';

/** How far you are: a step per question, and the same in words. */
export function ProgressSteps({ interview, question }: { interview: Interview; question: AskedQuestion }) {
  const { position, follow_up: followUp } = question;
  const total = interview.questions.length;
  return (
    <div className="room-progress">
      <p className="flush">
        {position === total && total > 1 ? 'Last question' : `Question ${position} of ${total}`}
        {position === total && total > 1 && (
          <span className="muted">
            {' '}
            · {position} of {total}
          </span>
        )}
        {followUp !== null && <span className="muted"> · follow-up {followUp.number}</span>}
      </p>
      <span className="room-steps" aria-hidden="true">
        {interview.questions.map((step) => (
          <span
            key={step.id}
            className="room-step"
            data-state={
              step.position === position ? 'current' : step.position < position ? step.status : undefined
            }
          />
        ))}
      </span>
    </div>
  );
}
