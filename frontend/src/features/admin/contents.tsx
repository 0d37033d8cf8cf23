import { Link, useLocation } from 'react-router';

import type { ReviewedQuestion } from '@/api/types';

import { QuestionState } from './question-state';

export function questionElementId(position: number): string {
  return `question-${position}`;
}

/** The questions at a glance; each leads to its answer. The way back to the table stays as it was. */
export function Contents({ questions }: { questions: ReviewedQuestion[] }) {
  const state = useLocation().state as unknown;
  return (
    <ol role="list" className="contents" aria-label="The questions at a glance">
      {questions.map((question) => {
        const id = questionElementId(question.position);
        return (
          <li key={question.id}>
            <Link
              to={{ hash: id }}
              state={state}
              replace
              onClick={() => document.getElementById(id)?.focus({ preventScroll: true })}
            >
              {question.position} · {question.competency.label}
            </Link>
            <QuestionState question={question} />
          </li>
        );
      })}
    </ol>
  );
}
