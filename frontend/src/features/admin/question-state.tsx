import type { ReviewedQuestion } from '@/api/types';
import { bands, LevelScale } from '@/components/level-scale';

import { analysisWords } from './status-words';

/** The level of the answer, or why there is none. */
export function QuestionState({ question: { status, answer } }: { question: ReviewedQuestion }) {
  if (answer === null)
    return <span className="muted">{status === 'open' ? 'Not answered yet' : 'Not answered'}</span>;
  const score = answer.analysis?.score;
  if (score)
    return (
      <span className="row-wrap" style={{ '--gap': '0 0.625rem' } as React.CSSProperties}>
        <LevelScale level={bands.indexOf(score.band) + 1} />
        <span className="small muted figures">
          {score.value.toFixed(1)} <span className="visually-hidden">of 5</span>
        </span>
      </span>
    );
  const failed = answer.analysis_status === 'failed';
  return (
    <span className={failed ? 'attention' : 'muted'}>
      {answer.analysis_status === 'done'
        ? 'Analysed, without a score'
        : analysisWords[answer.analysis_status]}
    </span>
  );
}
