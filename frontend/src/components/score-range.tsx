import type { Score } from '@/api/types';

import './score-range.css';

const sureness: Record<Score['uncertainty'], string> = {
  low: 'Quite sure',
  medium: 'Fairly sure',
  high: 'Not very sure',
};

const share = (value: number) => `${((value - 1) / 4) * 100}%`;

/** A figure from 1 to 5 with the range it may lie in, and how sure that is in words. */
export function ScoreRange({ score }: { score: Score }) {
  return (
    <div className="score-range">
      <p className="score-figure">
        <span className="score-value figures">{score.value.toFixed(1)}</span>
        <span className="score-band">{score.band}</span>
      </p>
      <div className="score-track" aria-hidden="true">
        <span
          className="score-span"
          style={{ left: share(score.low), right: `calc(100% - ${share(score.high)})` }}
        />
        <span className="score-dot" style={{ left: share(score.value) }} />
        {[1, 2, 3, 4, 5].map((tick) => (
          <span key={tick} className="score-tick figures" style={{ left: share(tick) }}>
            {tick}
          </span>
        ))}
      </div>
      <p className="flush small muted">
        On a scale of 1 to 5. {sureness[score.uncertainty]}: between {score.low.toFixed(1)} and{' '}
        {score.high.toFixed(1)}.
      </p>
    </div>
  );
}
