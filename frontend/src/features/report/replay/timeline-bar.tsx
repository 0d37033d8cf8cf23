import type { Notice } from '@/api/types';
import { stopwatch } from '@/lib/format';

import type { Mark, Segment } from './timeline';
import './timeline-bar.css';

interface Props {
  segments: Segment[];
  marks: Mark<Notice>[];
  durationS: number;
  second: number;
  current: Segment | null;
  onJump: (second: number) => void;
}

/** The video from left to right: its questions, and where something was noticed. */
export function TimelineBar({ segments, marks, durationS, second, current, onJump }: Props) {
  const share = (at: number) => `${(at / durationS) * 100}%`;
  return (
    <div className="timeline">
      {marks.length > 0 && (
        <ul role="list" className="timeline-marks" aria-label="Notices on the video">
          {marks.map(({ at, notices }) => (
            <li key={at} style={{ left: share(at) }}>
              <button
                type="button"
                className="timeline-mark"
                title={notices.map(({ reason }) => reason).join(' ')}
                aria-label={`${notices.length > 1 ? `${notices.length} notices at` : 'At'} ${stopwatch(at)}: ${notices.map(({ reason }) => reason).join(' ')}`}
                onClick={() => onJump(at)}
              >
                <span aria-hidden="true">{notices.length > 1 ? notices.length : ''}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* The list of questions does the same for the keyboard and for screen readers. */}
      <div className="timeline-track" aria-hidden="true">
        {segments.map((segment) => (
          <button
            key={segment.questionId}
            type="button"
            tabIndex={-1}
            className="timeline-segment"
            data-current={segment === current || undefined}
            style={{ left: share(segment.from), width: share(segment.to - segment.from) }}
            onClick={() => onJump(segment.from)}
          >
            {segment.to - segment.from > durationS * 0.05 && segment.position}
          </button>
        ))}
        <span className="timeline-head" style={{ left: share(Math.min(second, durationS)) }} />
      </div>
    </div>
  );
}
