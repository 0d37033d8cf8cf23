import { useId, useMemo, useState, type ReactNode } from 'react';

import type { ReportAnswer } from '@/api/types';
import { Notice } from '@/components/notice';
import { duration, wordCount } from '@/lib/format';

import './answer-review.css';
import { AnswerThread } from './answer-thread';
import { noticesOf, typeOfAnswer } from './answer-words';
import { DimensionList } from './dimension-list';
import { marksOf, notesOf } from './evidence';
import { howGiven, type HowHeard } from './how-given';
import { KeyPoints } from './key-points';
import { MarginNotes } from './margin-notes';
import { markElementId } from './marked-answer';
import { ProvenanceNote } from './provenance-note';
import { StoryParts } from './story-parts';

interface Props {
  answer: Pick<ReportAnswer, 'text' | 'parts' | 'duration_s' | 'analysis'> & { source?: string };
  /** How speech became this text, where it was spoken. */
  transcript?: HowHeard | null | undefined;
  /** Who gave the answer, to whoever reads this. */
  by?: string;
  /** Only the marked answer and its notes, with this under the answer: for an example. */
  brief?: ReactNode;
}

/** One answer gone over: the words with the marker, the notes beside them, then the scales in full. */
export function AnswerReview({ answer, transcript, by, brief }: Props) {
  const full = brief === undefined;
  const scope = useId();
  const { analysis } = answer;
  const notes = useMemo(() => (analysis === null ? [] : notesOf(analysis)), [analysis]);
  const marks = useMemo(() => (analysis === null ? [] : marksOf(analysis, notes)), [analysis, notes]);
  const [active, setActive] = useState<string | null>(null);
  const kind = analysis === null ? null : typeOfAnswer(analysis);
  const told = analysis === null ? [] : noticesOf(analysis);

  function show(mark: string): void {
    setActive(mark);
    // The rest of a long answer appears first.
    requestAnimationFrame(() => {
      const element = document.getElementById(markElementId(scope, mark));
      const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      element?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
      element?.focus({ preventScroll: true });
    });
  }

  return (
    <div className="review">
      <div className="review-sheet" data-alone={notes.length === 0 || undefined}>
        <div className="review-answer">
          <AnswerThread
            text={answer.text}
            parts={answer.parts}
            marks={marks}
            scope={scope}
            active={active}
            onActive={setActive}
          />
          {brief}
          {full && (
            <p className="flush small muted">
              {kind !== null && `${kind} · `}
              {analysis === null ? '' : `${wordCount(analysis.words)} · `}
              {transcript == null && answer.source !== 'voice'
                ? `written in ${duration(answer.duration_s)}`
                : `${howGiven('voice', transcript, by)} · ${duration(answer.duration_s)}`}
            </p>
          )}
        </div>
        {notes.length > 0 && (
          <div className="review-notes">
            <MarginNotes notes={notes} active={active} onActive={setActive} onShow={show} />
          </div>
        )}
        {full && analysis !== null && analysis.key_points.length > 0 && (
          <KeyPoints points={analysis.key_points} onShow={show} />
        )}
      </div>
      {full && analysis !== null && (
        <>
          {analysis.status === 'insufficient' && (
            <Notice title="Not scored.">{analysis.status_reason}</Notice>
          )}
          {analysis.status === 'partial' && (
            <Notice title="Only a part could be judged.">{analysis.status_reason}</Notice>
          )}
          {told.length > 0 && (
            <ul role="list" className="flush small review-told" aria-label="About this judgement">
              {told.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          {analysis.star?.applies === true && <StoryParts star={analysis.star} onShow={show} />}
          {analysis.dimensions.length > 0 && (
            <section className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
              <h4 className="review-heading">Level by level</h4>
              <DimensionList dimensions={analysis.dimensions} onShow={show} />
            </section>
          )}
          {analysis.missing_facts.length > 0 && (
            <section className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
              <h4 className="review-heading">Facts an interviewer would ask for</h4>
              <ul className="flush review-facts">
                {analysis.missing_facts.map((fact) => (
                  <li key={fact} dir="auto">
                    {fact}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <ProvenanceNote analysis={analysis} />
        </>
      )}
    </div>
  );
}
