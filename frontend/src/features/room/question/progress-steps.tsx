import type { Interview } from '@/api/types';

/** How far you are: a step per question, and the same in words. */
export function ProgressSteps({ interview, position }: { interview: Interview; position: number }) {
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
      </p>
      <span className="room-steps" aria-hidden="true">
        {interview.questions.map((question) => (
          <span
            key={question.id}
            className="room-step"
            data-state={
              question.position === position
                ? 'current'
                : question.position < position
                  ? question.status
                  : undefined
            }
          />
        ))}
      </span>
    </div>
  );
}
