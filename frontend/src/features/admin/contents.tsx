import type { ReviewedQuestion } from '@/api/types';

import { QuestionState } from './question-state';

export function questionElementId(position: number): string {
  return `question-${position}`;
}

/** The questions at a glance; each leads to its answer. */
export function Contents({ questions }: { questions: ReviewedQuestion[] }) {
  return (
    <ol role="list" className="contents" aria-label="The questions at a glance">
      {questions.map((question) => (
        <li key={question.id}>
          <a href={`#${questionElementId(question.position)}`}>
            {question.position} · {question.competency.label}
          </a>
          <QuestionState question={question} />
        </li>
      ))}
    </ol>
  );
}
