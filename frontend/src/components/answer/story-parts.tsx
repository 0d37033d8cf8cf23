import type { AnswerAnalysis } from '@/api/types';
import { Icon } from '@/components/icon';

import { starNames, starStates } from './answer-words';
import { markId } from './evidence';
import { shorten } from './margin-notes';
import './story-parts.css';

interface Props {
  star: NonNullable<AnswerAnalysis['star']>;
  onShow: (id: string) => void;
}

/** Situation, task, action and result: which of them are told, how much of the answer each takes, and in which words. */
export function StoryParts({ star, onShow }: Props) {
  return (
    <section className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
      <h4 className="review-heading">Parts of the story</h4>
      <ul role="list" className="story-parts">
        {star.elements.map(({ name, state, share_of_words: share, evidence }) => (
          <li key={name} className="story-part" data-state={state}>
            <Icon name={state === 'present' ? 'check' : 'ring'} size={18} />
            <div>
              <p className="flush">
                <strong className="story-part-name">{starNames[name]}</strong>{' '}
                <span className="muted">
                  {starStates[state]}
                  {share > 0 && `, about ${Math.round(share * 100)} % of the words`}
                </span>
              </p>
              {evidence.map((found) => (
                <button
                  key={found.start}
                  type="button"
                  className="quote-link"
                  onClick={() => onShow(markId(found))}
                >
                  <span className="visually-hidden">Show in the answer: </span>
                  <span className="said">“{shorten(found.quote, 70)}”</span>
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
