import { useId, type ComponentProps } from 'react';
import Form from 'react-bootstrap/Form';

import { Icon } from './icon';

interface Props extends Omit<ComponentProps<'input'>, 'size'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled input whose hint and error are read with it. */
export function Field({ label, hint, error, ...input }: Props) {
  const id = useId();
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <Form.Label htmlFor={id}>{label}</Form.Label>
      <input
        {...input}
        id={id}
        className="form-control"
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy || undefined}
      />
      {hint !== undefined && (
        <div id={`${id}-hint`} className="form-text">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div id={`${id}-error`} className="field-error">
          <Icon name="alert" size={16} /> {error}
        </div>
      )}
    </div>
  );
}
