import { useId, useState } from 'react';
import Form from 'react-bootstrap/Form';

import { Icon } from '@/components/icon';

import './auth.css';

interface Props {
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  hint?: string;
  error?: string | undefined;
  autoFocus?: boolean;
}

export function PasswordField({ value, onChange, autoComplete, hint, error, autoFocus = false }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <Form.Label htmlFor={id}>Password</Form.Label>
      <div className="password-field">
        <input
          id={id}
          className="form-control"
          type={shown ? 'text' : 'password'}
          name="password"
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={128}
          required
          // Asked for in a dialog that opened for nothing else.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={autoFocus}
          value={value}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="btn btn-words password-show"
          aria-pressed={shown}
          aria-label="Show the password"
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      </div>
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
