import type { RefObject } from 'react';

import type { AskedQuestion } from '@/api/types';
import type { ReadAloud } from '@/lib/use-read-aloud';

import { SelfView } from '@/features/room/devices/self-view';
import { Preparation } from './preparation';
import { ReadQuestion } from './read-question';

interface Props {
  question: AskedQuestion;
  aloud: ReadAloud;
  heading: RefObject<HTMLHeadingElement | null>;
  /** Somebody speaks or has begun to answer. */
  speaking: boolean;
  begun: boolean;
}

/** The question, large, and what helps with it: hearing it, half a minute to think. */
export function QuestionHead({ question, aloud, heading, speaking, begun }: Props) {
  const text = question.text ?? '';
  return (
    <div className="room-head">
      <div className="room-head-line">
        <p className="room-topic muted">
          {question.follow_up === null ? (
            <>
              {question.competency.label}
              {question.because !== null && <span className="small"> · {question.because.text}</span>}
            </>
          ) : (
            <span className="room-follow-up">Follow-up {question.follow_up.number}</span>
          )}
        </p>
        <SelfView />
      </div>
      <h1
        className="room-question said"
        data-long={text.length > 180 || undefined}
        ref={heading}
        tabIndex={-1}
      >
        {question.text}
      </h1>
      <div className="room-helps">
        <ReadQuestion text={text} aloud={aloud} quiet={speaking} />
        {!begun && !speaking && <Preparation />}
      </div>
    </div>
  );
}
