import { useId, type ReactNode } from 'react';

import './choice-list.css';

export interface Choice<T extends string | number> {
  value: T;
  label: string;
  detail?: ReactNode;
}

interface Props<T extends string | number> {
  legend: string;
  /** Whether the legend is to be seen; it is always read. */
  legendShown?: boolean;
  choices: Choice<T>[];
  chosen: T | null;
  onChoose: (value: T) => void;
  /** `rows` for choices with a description, `tiles` for short ones. */
  shape: 'rows' | 'tiles';
}

/** Radio buttons with room for a thumb and an explanation; arrow keys move between them. */
export function ChoiceList<T extends string | number>({
  legend,
  legendShown = false,
  choices,
  chosen,
  onChoose,
  shape,
}: Props<T>) {
  const name = useId();
  return (
    <fieldset className={`choices choices-${shape}`}>
      <legend className={legendShown ? 'form-label' : 'visually-hidden'}>{legend}</legend>
      {choices.map(({ value, label, detail }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            className="form-check-input"
            name={name}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          <span className="choice-text">
            <span className="choice-label">{label}</span>
            {detail !== undefined && <span className="muted">{detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
