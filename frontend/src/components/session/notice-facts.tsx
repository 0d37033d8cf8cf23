import type { NoticeKind } from '@/api/types';
import { timeOfDay } from '@/lib/format';

import './notice-facts.css';

interface Props {
  notice: { reason: string; started_at: string; confidence: number | null };
  /** The number of the question that was open; null between questions. */
  position: number | null;
}

/** What was noticed in a sentence, when, and how sure the detector was. */
export function NoticeFacts({ notice, position }: Props) {
  return (
    <div className="notice-facts">
      <p className="flush">{notice.reason}</p>
      <p className="flush small muted">
        <time dateTime={notice.started_at} className="figures">
          {timeOfDay(notice.started_at)}
        </time>
        {position === null ? ', between questions' : `, question ${position}`}
        {notice.confidence !== null && ` · the detector was ${sureness(notice.confidence)}`}
      </p>
    </div>
  );
}

export function sureness(confidence: number): string {
  if (confidence >= 0.85) return 'quite sure';
  return confidence >= 0.6 ? 'fairly sure' : 'not very sure';
}

const gaps: readonly NoticeKind[] = ['monitoring_off', 'could_not_tell'];

/** Whether it says only that nothing could be said. */
export function isGap({ kind }: { kind: NoticeKind }): boolean {
  return gaps.includes(kind);
}
