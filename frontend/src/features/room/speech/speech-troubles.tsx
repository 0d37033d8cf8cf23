import { useMutation } from '@tanstack/react-query';
import Button from 'react-bootstrap/Button';

import { retrySpeechPart } from '@/api/room/retry-speech-part';
import { Icon } from '@/components/icon';
import { Notice } from '@/components/notice';
import { ProblemNotice } from '@/components/problem-notice';
import { stopwatch } from '@/lib/format';
import type { MissingPart } from '@/lib/speech/types';

import type { AnswerSpeech } from './use-answer-speech';

interface Props {
  speech: AnswerSpeech;
  interviewId: string;
  questionId: string;
}

/** What went wrong with speaking: what happened, what is kept, what to do. Typing works all the while. */
export function SpeechTroubles({ speech, interviewId, questionId }: Props) {
  return (
    <>
      {speech.autoEnd.phase === 'counting' && (
        <Notice
          title={`Nothing was heard for a while. Handing in in ${speech.autoEnd.secondsLeft ?? 0} s.`}
          action={<Button onClick={speech.keepGoing}>Keep going</Button>}
        >
          You switched on handing in by silence. One press and it waits.
        </Notice>
      )}
      {speech.autoEnd.phase === 'counting' && (
        // Said once; the seconds above are for the eye.
        <span className="visually-hidden" role="alert">
          Nothing was heard for a while. The answer is handed in in a few seconds, unless you keep going.
        </span>
      )}
      {speech.failure && (
        <Notice
          title={speech.failure.message}
          urgent
          {...(speech.status === 'failed'
            ? {
                action: (
                  <Button variant="quiet" onClick={speech.start}>
                    <Icon name="retry" /> Try again
                  </Button>
                ),
              }
            : {})}
        >
          What you said so far is in the text. You can type on at any time.
        </Notice>
      )}
      {speech.missing.map((part) => (
        <Missing
          key={`${part.take}-${part.seq}`}
          part={part}
          interviewId={interviewId}
          questionId={questionId}
          onDismiss={() => speech.dismiss(part.take, part.seq)}
        />
      ))}
    </>
  );
}

interface MissingProps {
  part: MissingPart;
  interviewId: string;
  questionId: string;
  onDismiss: () => void;
}

function Missing({ part, interviewId, questionId, onDismiss }: MissingProps) {
  const retry = useMutation({
    mutationFn: () => retrySpeechPart(interviewId, questionId, part.take, part.seq),
  });
  const from = stopwatch(part.offsetMs / 1000);
  const to = stopwatch((part.offsetMs + part.durationMs) / 1000);
  return (
    <Notice
      title={`What you said from ${from} to ${to} could not be written down.`}
      action={
        <>
          {part.onServer && (
            <Button variant="quiet" onClick={() => retry.mutate()}>
              <Icon name="retry" /> {retry.isSuccess ? 'Asked again' : 'Try again'}
            </Button>
          )}
          <Button variant="words" onClick={onDismiss}>
            Go on without it
          </Button>
        </>
      }
    >
      {part.reason ?? 'The reason is not known.'} Nothing else is missing. You can type it, or say it again.
      {retry.isError && <ProblemNotice error={retry.error} />}
    </Notice>
  );
}
