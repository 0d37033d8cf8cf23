import type { DimensionResult } from '@/api/types';
import { bandOfLevel, LevelScale } from '@/components/level-scale';

import { certainty } from './answer-words';
import './dimension-list.css';
import { markId } from './evidence';
import { shorten } from './margin-notes';

interface Props {
  dimensions: DimensionResult[];
  onShow: (id: string) => void;
}

/** Each scale of the rubric: the level reached, the sentence that describes it, and the sentence of the next one. */
export function DimensionList({ dimensions, onShow }: Props) {
  const judged = dimensions.filter(({ level }) => level !== null);
  return (
    <ul role="list" className="dimensions">
      {judged.map((dimension) => (
        <li key={dimension.id} className="dimension">
          <div className="dimension-head">
            <h4 className="dimension-label" dir="auto">
              {dimension.label}
            </h4>
            <LevelScale level={dimension.level} />
            {certainty(dimension) !== null && (
              <p className="flush small muted dimension-certainty">{certainty(dimension)}</p>
            )}
          </div>
          <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
            {dimension.anchor !== null && <p className="flush">{dimension.anchor}</p>}
            {dimension.rationale !== '' && (
              <p className="flush muted" dir="auto">
                {dimension.rationale}
              </p>
            )}
            {dimension.next_anchor !== null && (
              <p className="flush muted">
                <strong className="dimension-next">
                  To reach {bandOfLevel((dimension.level ?? 0) + 1)}:
                </strong>{' '}
                {dimension.next_anchor}
              </p>
            )}
            {dimension.evidence.length > 0 && (
              <div className="dimension-quotes">
                {dimension.evidence.map((evidence, index) => (
                  <button
                    key={index}
                    type="button"
                    className="quote-link"
                    onClick={() => onShow(markId(evidence))}
                  >
                    <span className="visually-hidden">Show in the answer: </span>
                    <span className="said">“{shorten(evidence.quote)}”</span>
                  </button>
                ))}
              </div>
            )}
          </div>
        </li>
      ))}
      {unjudged(dimensions).map(({ why, labels }) => (
        <li key={why} className="dimension">
          <h4 className="dimension-label muted">Not judged</h4>
          <p className="flush muted">
            {labels.join(', ')}
            {why !== '' && `: ${why}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Scales without a level, gathered by the reason: each reason is said once. */
function unjudged(dimensions: DimensionResult[]): { why: string; labels: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const { level, rationale, label } of dimensions)
    if (level === null) reasons.set(rationale, [...(reasons.get(rationale) ?? []), label]);
  return [...reasons].map(([why, labels]) => ({ why, labels }));
}
