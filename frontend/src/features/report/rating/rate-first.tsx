import { useState } from 'react';

import { type OwnRatings, useOpenReport } from '@/api/reports/rate-answers';
import type { Interview, InterviewQuestion } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { type Choice, ChoiceList } from '@/components/choice-list';
import { bands } from '@/components/level-scale';
import { ProblemNotice } from '@/components/problem-notice';
import { plural } from '@/lib/format';

import './rate-first.css';

type Rating = 1 | 2 | 3 | 4 | 5;
const levels: Rating[] = [1, 2, 3, 4, 5];
const choices: Choice<Rating>[] = levels.map((value) => ({
  value,
  label: `${value} ${bands[value - 1] ?? ''}`,
}));

/** The questions whose answers can be rated: with one answer there is nothing to compare. */
export function ratable(interview: Interview): InterviewQuestion[] {
  const answered = interview.questions.filter(({ answer }) => answer !== null);
  return interview.status === 'completed' && answered.length > 1 ? answered : [];
}

/** The answer with those to its follow-ups: they are judged as one. */
function saidTo({ answer, follow_ups: followUps }: InterviewQuestion): string {
  return [answer, ...followUps.map((one) => one.answer)]
    .flatMap((one) => (one === null ? [] : [one.text]))
    .join('\n\n');
}

interface Props {
  interview: Interview;
  questions: InterviewQuestion[];
}

/** The step before the report: one's own view of each answer, while no score can sway it. */
export function RateFirst({ interview, questions }: Props) {
  const [ratings, setRatings] = useState<OwnRatings>(new Map());
  const open = useOpenReport(interview.id);
  const [skipping, setSkipping] = useState(false);
  const skip = () => {
    setSkipping(true);
    open.mutate(new Map());
  };
  const save = () => {
    setSkipping(false);
    open.mutate(ratings);
  };
  const rate = (answerId: string, value: Rating) => setRatings(new Map(ratings).set(answerId, value));
  return (
    <section className="rate-first" aria-labelledby="rate-first">
      <header className="stack">
        <p className="flush muted">
          <bdi>{interview.role.title}</bdi>, {interview.level.label.toLowerCase()}
        </p>
        <h1 id="rate-first" className="flush">
          Rate your own answers first
        </h1>
        <p className="lead flush">
          How good was each answer, in your own view? The report then shows how far your eye and the scores
          are apart. Your ratings change no score, and you can leave any of them out.
        </p>
        <p className="flush">
          <BusyButton
            variant="words"
            busy={open.isPending && skipping}
            busyText="Opening the report…"
            onClick={() => !open.isPending && skip()}
          >
            Skip this and show the report
          </BusyButton>
        </p>
        {open.isError && skipping && <ProblemNotice error={open.error} />}
      </header>
      <ol role="list" className="rate-first-answers">
        {questions.map((question) => (
          <li key={question.id} className="stack">
            <h2 className="rate-first-question said">{question.text ?? `Question ${question.position}`}</h2>
            {question.answer !== null && (
              <>
                <details>
                  <summary>What you said</summary>
                  <p className="rate-first-said said">{saidTo(question)}</p>
                </details>
                <ChoiceList
                  shape="tiles"
                  legend={`Your rating of the answer to question ${question.position}`}
                  choices={choices}
                  chosen={ratings.get(question.answer.id) ?? null}
                  onChoose={(value) => rate(question.answer?.id ?? '', value)}
                />
              </>
            )}
          </li>
        ))}
      </ol>
      <div className="stack rate-first-end">
        {open.isError && !skipping && <ProblemNotice error={open.error} />}
        <BusyButton
          variant="primary"
          busy={open.isPending && !skipping}
          busyText="Opening the report…"
          onClick={() => !open.isPending && save()}
        >
          {ratings.size === 0 ? 'Show the report without ratings' : 'Save and show the report'}
        </BusyButton>
        <p className="flush small muted" role="status">
          {ratings.size} of {plural(questions.length, 'answer')} rated. A comparison needs two.
        </p>
      </div>
    </section>
  );
}
