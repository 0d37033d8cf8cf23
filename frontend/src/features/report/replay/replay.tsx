import { useMemo, useState } from 'react';

import type { Interview, Notice } from '@/api/types';
import { Notice as NoticeBox } from '@/components/notice';
import { everyQuestion } from '@/components/session/every-question';
import { SkeletonLine } from '@/components/skeleton';
import { stopwatch } from '@/lib/format';
import type { LocalRecordings } from '@/lib/recording/use-local-recordings';

import { PartList } from './part-list';
import { isPlayable, type Part } from './parts';
import { Player, type Seek } from './player';
import './replay.css';
import { marksOf, segmentAt, segmentsOf, type Segment } from './timeline';
import { TimelineBar } from './timeline-bar';
import { useCaptions } from './use-captions';
import { useSource } from './use-source';

interface Props {
  interview: Interview;
  parts: Part[];
  notices: Notice[];
  local: LocalRecordings;
  /** The part on the screen; the first that can be watched unless one was chosen. */
  chosen: string | null;
  seek: Seek | null;
  onChoose: (id: string) => void;
  onSeek: (second: number) => void;
}

/** One function for all time: React calls another one at every change, and the focus would come back each time. */
function focusOnce(element: HTMLElement | null): void {
  element?.focus();
}

/** The interview once more: the video, and beside it the question that is being answered. */
export function Replay({ interview, parts, notices, local, chosen, seek, onChoose, onSeek }: Props) {
  const [deleted, setDeleted] = useState(false);
  const playable = parts.filter(isPlayable);
  const part = playable.find(({ id }) => id === chosen) ?? playable[0] ?? null;
  return (
    <div className="replay">
      {deleted && (
        <p className="flush" role="status" tabIndex={-1} ref={focusOnce}>
          The recording is deleted.
        </p>
      )}
      {parts.length === 0 && (
        <p className="flush muted">
          There is no video of this interview{deleted ? ' any more' : ''}. Recordings go when you delete them
          or when their time is over; the report stays.
        </p>
      )}
      {part !== null && (
        <Watch
          key={part.id}
          interview={interview}
          part={part}
          notices={notices}
          local={local}
          seek={seek}
          onSeek={onSeek}
        />
      )}
      {parts.length > 0 && (
        <PartList
          parts={parts}
          chosen={part?.id ?? null}
          local={local}
          onChoose={onChoose}
          onDeleted={() => setDeleted(true)}
        />
      )}
      {part !== null && (
        <p className="flush small muted">
          Only you can watch this. Captions of what you said are your answer as handed in; when each sentence
          was said is estimated from its length.
        </p>
      )}
    </div>
  );
}

type WatchProps = Pick<Props, 'interview' | 'notices' | 'local' | 'seek' | 'onSeek'> & {
  part: Part & { durationS: number };
};

function Watch({ interview, part, notices, local, seek, onSeek }: WatchProps) {
  const [second, setSecond] = useState(0);
  const src = useSource(part, local);
  const { startedAt, durationS } = part;
  const questions = useMemo(() => everyQuestion(interview.questions), [interview.questions]);
  const segments = useMemo(
    () => segmentsOf({ startedAt, durationS }, questions, interview.completed_at),
    [startedAt, durationS, questions, interview.completed_at],
  );
  const marks = useMemo(() => marksOf({ startedAt, durationS }, notices), [startedAt, durationS, notices]);
  const captions = useCaptions(segments, questions);
  const current = segmentAt(segments, second);

  return (
    <>
      <div className="replay-stage">
        {src === undefined ? (
          <SkeletonLine height="16rem" />
        ) : src === null ? (
          <NoticeBox tone="problem" title="The video is no longer in this browser.">
            The browser may have cleared its storage. The report is not affected.
          </NoticeBox>
        ) : (
          <Player
            src={src}
            captions={captions}
            label="Recording of the interview"
            seek={seek}
            onTime={setSecond}
          />
        )}
        <Words interview={interview} current={current} />
      </div>
      <TimelineBar
        segments={segments}
        marks={marks}
        durationS={durationS}
        second={second}
        current={current}
        onJump={onSeek}
      />
      {segments.length > 0 && (
        <ol role="list" className="replay-questions" aria-label="Questions in this video">
          {segments.map((segment) => (
            <li key={segment.questionId}>
              <button
                type="button"
                className="replay-question"
                aria-current={segment === current || undefined}
                onClick={() => onSeek(segment.from)}
              >
                <span className="figures muted">{stopwatch(segment.from)}</span>
                <span>
                  {segment.position} ·{' '}
                  {questions.find(({ id }) => id === segment.questionId)?.competency.label}
                  {questions.find(({ id }) => id === segment.questionId)?.follow_up != null && ', follow-up'}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** What is asked and answered at this second of the video. */
function Words({ interview, current }: { interview: Interview; current: Segment | null }) {
  const question = everyQuestion(interview.questions).find(({ id }) => id === current?.questionId);
  if (question === undefined)
    return (
      <div className="replay-words">
        <p className="flush muted">Before the first question.</p>
      </div>
    );
  return (
    // Long answers scroll here, so the keyboard needs to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="replay-words" tabIndex={0} role="region" aria-label="Question and answer at this time">
      <p className="flush small muted">
        Question {question.position} of {interview.question_count} · {question.competency.label}
      </p>
      <p className="replay-asked said">{question.text}</p>
      <p className="flush said">{question.answer?.text ?? <span className="muted">Skipped.</span>}</p>
    </div>
  );
}
