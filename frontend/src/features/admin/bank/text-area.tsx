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
  const about = error ?? hint;
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
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        onChange={(event) => onType(event.target.value)}
      />
      {about !== undefined && (
        <div id={`${id}-about`} className={error === undefined ? 'form-text' : 'field-error'}>
          {about}
        </div>
      )}
    </div>
  );
}
