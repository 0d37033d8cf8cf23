import type { AnswerPresence, ExpressionLabel } from '@/api/types';
import { duration, percent } from '@/lib/format';

import './presence-list.css';

/** What a picture resembles, never what somebody feels. */
const words: Record<ExpressionLabel, string> = {
  neutral: 'At rest',
  happy: 'Like smiling',
  surprised: 'Like surprise',
  sad: 'Like sadness',
  angry: 'Like anger',
  fearful: 'Like fear',
  disgusted: 'Like disgust',
};

/** Below this share of readable pictures nothing is said about the rest. */
const enough = 0.3;
const worthABar = 0.01;

interface Props {
  answers: AnswerPresence[];
  questions: { id: string; position: number; competency: { label: string } }[];
}

/** What was visible, answer by answer: how much could be read first, then bars of one hue with their words. */
export function PresenceList({ answers, questions }: Props) {
  const placed = answers
    .flatMap((answer) => {
      const question = questions.find(({ id }) => id === answer.question_id);
      return question === undefined ? [] : [{ answer, question }];
    })
    .sort((one, other) => one.question.position - other.question.position);
  return (
    <ol role="list" className="presence">
      {placed.map(({ answer, question }) => (
        <li key={question.id} className="presence-answer">
          <p className="flush">
            <strong>
              {question.position} · {question.competency.label}
            </strong>
            <span className="presence-basis small muted">
              {percent(answer.readable_share)} of the pictures from {duration(answer.seconds)} could be read
              {answer.facing_share !== null &&
                answer.readable_share >= enough &&
                `; in ${percent(answer.facing_share)} of those the face was turned to the camera`}
              .
            </span>
          </p>
          {answer.readable_share < enough ? (
            <p className="flush">Too few to say what was visible.</p>
          ) : (
            <Bars answer={answer} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Bars({ answer }: { answer: AnswerPresence }) {
  const shown = answer.expressions
    .filter(({ share }) => share >= worthABar)
    .sort((one, other) => other.share - one.share);
  return (
    <dl className="presence-bars">
      {shown.map(({ label, share }) => (
        <div key={label}>
          <dt>{words[label]}</dt>
          <dd>
            <span className="presence-bar" aria-hidden="true">
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <span className="presence-share figures">{percent(share)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
