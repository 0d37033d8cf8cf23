import { useEffect, useRef, useState } from 'react';

import type { Interview, AskedQuestion } from '@/api/types';
import { LogoMark } from '@/components/logo';
import { useLeaveWarning } from '@/components/page-title';
import { ThemeSwitch } from '@/components/theme-switch';
import { useReadAloud } from '@/lib/use-read-aloud';

import { AnswerDesk } from './answer/answer-desk';
import { useDraft } from './answer/use-draft';
import { useHandIn } from './answer/use-hand-in';
import { OnPanel } from './captures/on-panel';
import { OnStrip } from './captures/on-strip';
import { TroubleCards } from './captures/trouble-cards';
import { LeaveDialog } from './leaving/leave-dialog';
import { useLeaving } from './leaving/use-leaving';
import { AskedBefore } from './question/asked-before';
import { ProgressSteps } from './question/progress-steps';
import { QuestionHead } from './question/question-head';
import { Stopwatch } from './question/stopwatch';
import { askedBefore } from './question/thread';
import './room.css';
import { isOpen } from './speech/engine-words';
import './speech/speech.css';
import { useAnswerSpeech } from './speech/use-answer-speech';
import { NewestNotice } from './watch/newest-notice';
import { WarningLine } from './watch/warning-line';

interface Props {
  interview: Interview;
  question: AskedQuestion;
}

/** One question, one sheet of paper. Keyed by the question from outside, so each begins afresh. */
export function Room({ interview, question }: Props) {
  const draft = useDraft(interview.id, question);
  const autoEnd = useRef<() => void>(() => undefined);
  const speech = useAnswerSpeech(interview.id, question, draft, () => autoEnd.current());
  const hand = useHandIn(interview.id, question.id, draft, speech);
  const aloud = useReadAloud();
  const leaving = useLeaving(interview, draft, speech);
  const [panel, setPanel] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const speaking = isOpen(speech.status);

  useLeaveWarning(!leaving.safe);
  useEffect(() => {
    autoEnd.current = hand.handIn;
  });
  useEffect(() => {
    // The question is read out and the page starts at its top; Tab goes to the sheet.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);

  return (
    <div className="room">
      <header className="room-bar">
        <button type="button" className="btn btn-words room-leave" onClick={leaving.ask}>
          <LogoMark size={24} />
          <span>
            Leave<span className="visually-hidden"> the interview</span>
          </span>
        </button>
        <ProgressSteps interview={interview} question={question} />
        <div className="room-bar-end">
          <Stopwatch since={question.asked_at} suggestedSeconds={question.suggested_seconds} />
          <ThemeSwitch />
        </div>
      </header>
      <OnStrip listening={speaking} onOpen={() => setPanel(true)} />

      <div className="room-body">
        <div className="room-events">
          <TroubleCards />
          <WarningLine />
          <NewestNotice />
        </div>
        <AskedBefore thread={askedBefore(interview, question)} />
        <QuestionHead
          question={question}
          aloud={aloud}
          heading={heading}
          speaking={speaking}
          begun={draft.text !== ''}
        />
        <AnswerDesk
          interview={interview}
          question={question}
          draft={draft}
          speech={speech}
          hand={hand}
          onSpeak={speech.start}
          onAsk={() => setPanel(true)}
        />
      </div>

      <OnPanel open={panel} aloud={aloud} onClose={() => setPanel(false)} />
      <LeaveDialog {...leaving.dialog} />
    </div>
  );
}
