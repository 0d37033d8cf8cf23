import { useId } from 'react';

interface Props {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}

/** A setting that is on or off, with its whole line to press. */
export function SettingSwitch({ label, hint, checked, onChange }: Props) {
  const id = useId();
  return (
    <div className="setting">
      <label htmlFor={id}>
        {label}
        {hint !== undefined && (
          <span className="small muted setting-hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </label>
      <div className="form-check form-switch capture-switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          className="form-check-input"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
        />
      </div>
    </div>
  );
}
