import type { InterviewQuestion } from '@/api/types';

/** What shaped the questions, without the questions: it says why each that was asked for is there. */
export function QuestionReasons({ questions }: { questions: InterviewQuestion[] }) {
  const asked = questions.filter(({ because }) => because !== null);
  if (asked.length === 0) return null;
  return (
    <section
      aria-labelledby="question-reasons"
      className="stack"
      style={{ '--gap': '0.5rem' } as React.CSSProperties}
    >
      <h2 id="question-reasons">Why these questions</h2>
      <ul className="preparing-terms">
        {asked.map(({ id, position, competency, because }) => (
          <li key={id}>
            Question {position}, {competency.label.toLowerCase()}: {because?.text}
          </li>
        ))}
      </ul>
    </section>
  );
}
