import { useId, useState } from 'react';

import type { ReportAnswer } from '@/api/types';
import { Icon } from '@/components/icon';
import { LevelScale } from '@/components/level-scale';
import { wordCount } from '@/lib/format';

import { compare } from './compare';
import './attempts.css';

/** Two attempts side by side; one below the other where there is no room. */
export function CompareAttempts({ answers }: { answers: ReportAnswer[] }) {
  const id = useId();
  const newest = answers.at(-1)?.attempt ?? 1;
  const [chosen, setChosen] = useState<[number, number]>([1, newest]);
  const sides = chosen.map((number) => answers.find(({ attempt }) => attempt === number));
  const [before, after] = sides;
  if (before === undefined || after === undefined) return null;
  const { score, dimensions, gained, lost } = compare(before, after);
  return (
    <div className="compare">
      <div className="compare-sides">
        {[before, after].map((answer, side) => (
          <section key={side} aria-label={`Attempt ${answer.attempt}`}>
            <label htmlFor={`${id}-${side}`} className="form-label">
              {side === 0 ? 'Compare' : 'with'}
            </label>
            <div className="compare-choice">
              <select
                id={`${id}-${side}`}
                className="form-control"
                value={answer.attempt}
                onChange={({ target }) =>
                  setChosen(
                    side === 0 ? [Number(target.value), chosen[1]] : [chosen[0], Number(target.value)],
                  )
                }
              >
                {answers.map(({ attempt }) => (
                  <option key={attempt} value={attempt}>
                    Attempt {attempt}
                    {attempt === 1 && ' (in the interview)'}
                  </option>
                ))}
              </select>
              <Icon name="down" size={16} />
            </div>
            <p className="flush">{scoreOf(answer)}</p>
            <p className="flush small muted">{lengthOf(answer)}</p>
            <p className="said flush compare-text">{answer.text}</p>
          </section>
        ))}
      </div>
      <p className="flush">
        <strong>{score?.words ?? 'The scores cannot be compared: one of the answers has none.'}</strong>
      </p>
      {dimensions.length > 0 && (
        <table className="compare-table">
          <caption className="visually-hidden">Levels of both attempts</caption>
          <thead>
            <tr>
              <th scope="col">Scale</th>
              <th scope="col">Attempt {before.attempt}</th>
              <th scope="col">Attempt {after.attempt}</th>
            </tr>
          </thead>
          <tbody>
            {dimensions.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.label}</th>
                <td>
                  <LevelScale level={one.before} />
                </td>
                <td data-changed={one.before !== one.after || undefined}>
                  <LevelScale level={one.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Points title="Newly covered" points={gained} />
      <Points title="No longer covered" points={lost} />
    </div>
  );
}

function Points({ title, points }: { title: string; points: string[] }) {
  if (points.length === 0) return null;
  return (
    <div>
      <h4 className="review-heading">{title}</h4>
      <ul className="flush">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}

function scoreOf({ analysis, status, status_reason }: ReportAnswer): string {
  const score = analysis?.score;
  if (score)
    return `${score.value.toFixed(1)} of 5, ${score.band} (between ${score.low.toFixed(1)} and ${score.high.toFixed(1)})`;
  if (status === 'queued' || status === 'running') return 'Being read';
  return `Not scored. ${status_reason ?? ''}`;
}

function lengthOf({ analysis, text }: ReportAnswer): string {
  return wordCount(analysis?.words ?? text.split(/\s+/).filter(Boolean).length);
}
