import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  error?: string | undefined;
  hint?: string;
  rows?: number;
  longest?: number;
  onType: (text: string) => void;
}

/** A labelled field for sentences, with its hint and its error. */
export function TextArea({ label, value, error, hint, rows = 2, longest = 400, onType }: Props) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="form-control"
        rows={rows}
        value={value}
        maxLength={longest}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={about || undefined}
        onChange={(event) => onType(event.target.value)}
      />
      {hint !== undefined && (
        <div id={`${id}-hint`} className="form-text">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div id={`${id}-error`} className="field-error">
          {error}
        </div>
      )}
    </div>
  );
}
