import { useEffect, useId, useRef, type ReactNode } from 'react';

import { Icon } from '@/components/icon';

import './filter-fields.css';
import { dayOf } from './interview-search';
import { useSearchText } from './use-search-text';

interface SearchProps {
  label: string;
  value: string;
  onTake: (text: string) => void;
}

export function SearchField({ label, value, onTake }: SearchProps) {
  const id = useId();
  const { typed, type, commit } = useSearchText(value, onTake);
  return (
    <div className="filter filter-wide">
      <label className="filter-label" htmlFor={id}>
        {label}
      </label>
      <div className="filter-control">
        <Icon name="search" />
        <input
          id={id}
          type="search"
          className="form-control filter-search"
          value={typed}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            commit();
          }}
        />
      </div>
    </div>
  );
}

interface SelectProps {
  label: string;
  /** Empty for no choice. */
  value: string;
  /** Whether a choice narrows what is shown, and so should be seen at a glance. */
  narrows?: boolean;
  onChoose: (value: string) => void;
  children: ReactNode;
}

export function SelectField({ label, value, narrows = true, onChoose, children }: SelectProps) {
  const id = useId();
  return (
    <div className="filter">
      <label className="filter-label" htmlFor={id}>
        {label}
      </label>
      <div className="filter-control">
        <select
          id={id}
          className="form-control filter-select"
          data-set={(narrows && value !== '') || undefined}
          value={value}
          onChange={(event) => onChoose(event.target.value)}
        >
          {children}
        </select>
        <Icon name="down" size={16} />
      </div>
    </div>
  );
}

interface DayProps {
  label: string;
  value: string | null;
  onChoose: (day: string | null) => void;
  error?: string;
}

/** A day. The browser keeps what is typed; only a whole day, or none, is taken over. */
export function DayField({ label, value, onChoose, error }: DayProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current && input.current.value !== (value ?? '')) input.current.value = value ?? '';
  }, [value]);
  return (
    <div className="filter">
      <label className="filter-label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="date"
        className="form-control"
        min="2000-01-01"
        max="2099-12-31"
        defaultValue={value ?? ''}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => {
          const typed = event.target.value;
          const half = event.target.validity.badInput || (typed !== '' && dayOf(typed) === null);
          if (!half) onChoose(typed === '' ? null : typed);
        }}
      />
      {error !== undefined && (
        <div id={`${id}-error`} className="field-error">
          <Icon name="alert" size={16} /> {error}
        </div>
      )}
    </div>
  );
}
