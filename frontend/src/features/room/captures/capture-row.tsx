import { useId, type ReactNode } from 'react';

import { ProblemNotice } from '@/components/problem-notice';
import type { Capture } from '@/api/room-types';

import { useCaptures } from './captures-context';

interface Props {
  capture: Capture;
  /** Shown below while it is on: a device, a choice. */
  children?: ReactNode;
  /** More than one sentence to say; behind "More". */
  more?: ReactNode;
  /** Instead of the switch, for a capture with more than two states. */
  control?: ReactNode;
  on: boolean;
}

/** One capture: what happens, where it goes, how long it is kept, and its switch. */
export function CaptureRow({ capture, children, more, control, on }: Props) {
  const { consents, running } = useCaptures();
  const id = useId();
  const busy = consents.changing === capture.id;
  const failed = consents.failed?.capture === capture.id ? consents.failed : null;
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
            {capture.sentence}
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
              aria-busy={busy || undefined}
              onChange={() => {
                if (consents.changing !== null) return;
                if (on) consents.withdraw(capture.id);
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
          <dd>{capture.place}</dd>
        </div>
        <div>
          <dt>Kept</dt>
          <dd>{capture.kept}</dd>
        </div>
      </dl>
      {more !== undefined && (
        <details className="capture-more small">
          <summary>More about this</summary>
          {more}
        </details>
      )}
      {busy && (
        <p className="flush small muted" role="status">
          {on ? 'Switching off…' : 'Switching on…'}
        </p>
      )}
      {failed && (
        <>
          <ProblemNotice error={failed.error} onRetry={failed.retry} />
          {on && running && (
            <p className="flush small">It stays on until the server has heard of it. Nothing else changed.</p>
          )}
        </>
      )}
      {on && children}
    </li>
  );
}
