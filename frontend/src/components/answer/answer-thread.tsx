import type { ComponentProps } from 'react';

import type { AnswerPart } from '@/api/types';

import './answer-thread.css';
import { MarkedAnswer } from './marked-answer';

type Props = ComponentProps<typeof MarkedAnswer> & { parts: AnswerPart[] };

/** An answer with the follow-up questions where they were asked. Marks count from the start of the whole answer. */
export function AnswerThread({ parts, ...answer }: Props) {
  if (parts.length === 0) return <MarkedAnswer {...answer} />;
  return (
    <div className="answer-thread">
      {parts.map(({ question_text: question, follow_up: followUp, text, start, end }) => (
        <div key={start} className="answer-part">
          {followUp !== null && (
            <p className="answer-asked said">
              <span className="answer-asked-label">Follow-up</span> <bdi>{question}</bdi>
            </p>
          )}
          <MarkedAnswer
            {...answer}
            text={text}
            marks={answer.marks
              .filter((mark) => mark.start < end && mark.end > start)
              .map((mark) => ({
                ...mark,
                start: Math.max(mark.start, start) - start,
                end: Math.min(mark.end, end) - start,
              }))}
          />
        </div>
      ))}
    </div>
  );
}
