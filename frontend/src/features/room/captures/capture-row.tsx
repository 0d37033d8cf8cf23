import { useId, type ReactNode } from 'react';

import { ProblemNotice } from '@/components/problem-notice';
import type { Capture } from '@/api/types';

import { useCaptures } from './captures-context';
import { shorter } from './shorter';

interface Props {
  capture: Capture;
  /** Shown below while it is on: a device, a choice. */
  children?: ReactNode;
  /** What the statement leaves to this page, such as the numbers in use. */
  more?: ReactNode;
  /** Instead of the switch, for a capture with more than two states. */
  control?: ReactNode;
  on: boolean;
}

/** One capture: what happens, where it goes, how long it is kept, and its switch. */
export function CaptureRow({ capture, children, more, control, on }: Props) {
  const { consents } = useCaptures();
  const id = useId();
  const changing = consents.changing(capture.id);
  const unheard = consents.unheard === capture.id;
  const what = shorter(capture.sentence, 2);
  const where = shorter(capture.place, 2);
  const kept = shorter(capture.kept, 1);
  const failed = consents.failed(capture.id);
  return (
    <li className="capture" data-on={on || undefined}>
      <div className="capture-head">
        <div className="capture-text">
          <label
            htmlFor={control === undefined ? id : undefined}
            className="capture-title"
            id={`${id}-title`}
          >
            {capture.title}
          </label>
          <p className="flush" id={`${id}-what`}>
            {what.first}
          </p>
        </div>
        {control === undefined && (
          <div className="form-check form-switch capture-switch">
            <input
              id={id}
              type="checkbox"
              role="switch"
              className="form-check-input"
              checked={on}
              aria-describedby={`${id}-what ${id}-where`}
              aria-busy={changing !== null || undefined}
              onChange={() => {
                if (on || changing === 'giving') consents.withdraw(capture.id);
                else consents.give(capture);
              }}
            />
          </div>
        )}
      </div>
      {control}
      <dl className="capture-facts small" id={`${id}-where`}>
        <div>
          <dt>Where</dt>
          <dd>{where.first}</dd>
        </div>
        <div>
          <dt>Kept</dt>
          <dd>{kept.first}</dd>
        </div>
      </dl>
      <details className="capture-more small">
        <summary>
          Read all of it<span className="visually-hidden">: {capture.title}</span>
        </summary>
        <div className="capture-rest">
          {[what, where, kept].map(({ rest }, index) => rest !== '' && <p key={index}>{rest}</p>)}
          {more}
        </div>
      </details>
      {changing !== null && (
        <p className="flush small muted" role="status">
          {changing === 'withdrawing' ? 'It is off. The server is told…' : 'Switching on…'}
        </p>
      )}
      {failed && (
        <>
          <ProblemNotice error={failed.error} onRetry={failed.retry} />
          {unheard && (
            <p className="flush small">
              It is off here. The server has not heard of it yet and is told again.
            </p>
          )}
        </>
      )}
      {on && children}
    </li>
  );
}
