import { useEffect, useId, useRef, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { useSkipQuestion } from '@/api/interviews/answer-question';
import type { Interview, AskedQuestion } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';

import { isLast } from '@/features/room/question/thread';
import { LiveWords } from '@/features/room/speech/live-words';
import { SpeakButton } from '@/features/room/speech/speak-button';
import { SpeechTroubles } from '@/features/room/speech/speech-troubles';
import type { AnswerSpeech } from '@/features/room/speech/use-answer-speech';
import { DeskFacts } from './desk-facts';
import { DraftConflict } from './draft-conflict';
import { NothingYet, Sheet } from './sheet';
import { SkipDialog } from './skip-dialog';
import type { Draft } from './use-draft';
import { useMovedOn, type HandIn } from './use-hand-in';
import { WaitingForWords } from './waiting-for-words';

interface Props {
  interview: Interview;
  question: AskedQuestion;
  draft: Draft;
  speech: AnswerSpeech;
  hand: HandIn;
  onSpeak: () => void;
  onAsk: () => void;
}

/** The sheet to write on and the bar below it: whether it is safe, how much it is, speak, skip, hand in. */
export function AnswerDesk({ interview, question, draft, speech, hand, onSpeak, onAsk }: Props) {
  const skip = useSkipQuestion(interview.id);
  const moved = useMovedOn(interview.id);
  const [skipping, setSkipping] = useState(false);
  const sheet = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const last = isLast(interview, question);
  const busy = hand.busy || skip.isPending;

  const notices = useRef<HTMLDivElement>(null);
  const trouble =
    hand.error !== null ||
    skip.isError ||
    draft.state.theirs !== null ||
    hand.waiting ||
    speech.failure !== null ||
    speech.missing.length > 0;
  useEffect(() => {
    // Above the bar, where it is seen.
    if (trouble) notices.current?.scrollIntoView({ block: 'nearest' });
  }, [trouble]);

  function handIn(): void {
    if (!hand.handIn()) sheet.current?.focus();
  }

  return (
    <form
      className="desk"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        handIn();
      }}
    >
      <Sheet
        id={id}
        draft={draft}
        sheet={sheet}
        readOnly={busy}
        invalid={hand.empty || hand.tooLong}
        placeholder={speech.ready ? 'Speak, or write as you would say it.' : 'Write as you would say it.'}
        onChanged={hand.changed}
        onHandIn={handIn}
      >
        <LiveWords speech={speech} told={hand.waiting} />
      </Sheet>
      <div className="desk-notices" id={`${id}-state`} ref={notices}>
        {hand.empty && <NothingYet />}
        {draft.state.theirs !== null && (
          <DraftConflict mine={draft.text} theirs={draft.state.theirs} onChoose={draft.resolve} />
        )}
        {hand.waiting && (
          <WaitingForWords pending={speech.pending} onNow={hand.handInNow} onBack={hand.callOff} />
        )}
        <SpeechTroubles speech={speech} interviewId={interview.id} questionId={question.id} />
        {hand.error !== null && <ProblemNotice error={hand.error} onRetry={handIn} />}
        {skip.isError && <ProblemNotice error={skip.error} />}
      </div>

      <div className="desk-bar">
        <div className="desk-bar-inner">
          <DeskFacts
            draft={draft}
            left={hand.left}
            since={question.asked_at}
            suggestedSeconds={question.suggested_seconds}
          />
          <SpeakButton speech={speech} disabled={busy} onStart={onSpeak} onAsk={onAsk} />
          <div className="desk-actions">
            <Button variant="quiet" disabled={busy} onClick={() => setSkipping(true)}>
              Skip
            </Button>
            <BusyButton
              type="submit"
              className="desk-submit"
              busy={hand.busy}
              busyText="Handing in…"
              title="Ctrl + Enter"
            >
              {last ? 'Hand in and finish' : 'Hand in answer'}
            </BusyButton>
          </div>
        </div>
      </div>

      <SkipDialog
        open={skipping}
        last={question.position === interview.questions.length}
        followUp={question.follow_up !== null}
        written={draft.text.trim() !== ''}
        busy={skip.isPending}
        onCancel={() => setSkipping(false)}
        onConfirm={() => {
          setSkipping(false);
          skip.mutate(question.id, {
            onSuccess: () => {
              draft.end();
              speech.discard();
            },
            onError: moved,
          });
        }}
      />
    </form>
  );
}
