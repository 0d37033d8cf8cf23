import type { Band } from '@/api/types';

import './level-scale.css';

export const bands: readonly Band[] = ['beginning', 'developing', 'solid', 'strong', 'exceptional'];

export function bandOfLevel(level: number): Band {
  return bands[Math.min(Math.max(Math.round(level), 1), 5) - 1] ?? 'solid';
}

interface Props {
  /** 1 to 5, or null when there was nothing to judge by. */
  level: number | null;
  size?: 'small' | 'large';
  /** What stands beside the steps; the level's word unless told. */
  word?: string;
}

/** Five rising steps of one hue and a word. The word carries the meaning, the steps show the distance. */
export function LevelScale({ level, size = 'small', word }: Props) {
  const label = word ?? (level === null ? 'not judged' : bandOfLevel(level));
  return (
    <span className={`level level-${size}`}>
      <span className="level-steps" aria-hidden="true">
        {bands.map((band, index) => (
          <span
            key={band}
            className="level-step"
            data-step={level !== null && index < level ? level : undefined}
          />
        ))}
      </span>
      <span className="level-word">
        {label}
        {level !== null && <span className="visually-hidden">, level {level} of 5</span>}
      </span>
    </span>
  );
}
