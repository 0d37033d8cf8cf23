import type { AnswerAnalysis } from '@/api/types';
import { Icon } from '@/components/icon';

import { markId } from './evidence';
import './key-points.css';

interface Props {
  points: AnswerAnalysis['key_points'];
  onShow: (id: string) => void;
}

/** What a good answer to this question covers, and whether this one did. */
export function KeyPoints({ points, onShow }: Props) {
  const covered = points.filter((point) => point.covered).length;
  return (
    <section className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
      <h4 className="review-heading">
        Key points{' '}
        <span className="muted">
          · {covered} of {points.length} covered
        </span>
      </h4>
      <ul role="list" className="key-points">
        {points.map((point) => {
          const evidence = point.evidence[0];
          return (
            <li key={point.id} className="key-point" data-covered={point.covered || undefined}>
              <Icon name={point.covered ? 'check' : 'ring'} size={18} />
              <span>
                <span className="visually-hidden">{point.covered ? 'Covered: ' : 'Not covered: '}</span>
                <bdi>{point.text}</bdi>
                {evidence && (
                  <button type="button" className="key-point-show" onClick={() => onShow(markId(evidence))}>
                    Show<span className="visually-hidden"> in the answer</span>
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
