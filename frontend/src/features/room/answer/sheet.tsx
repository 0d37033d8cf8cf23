import type { ReactNode, RefObject } from 'react';

import { Icon } from '@/components/icon';

import type { Draft } from './use-draft';

interface Props {
  id: string;
  draft: Draft;
  sheet: RefObject<HTMLTextAreaElement | null>;
  readOnly: boolean;
  invalid: boolean;
  placeholder: string;
  onChanged: () => void;
  onHandIn: () => void;
  /** What belongs to the text and is not in it yet: words being heard. */
  children: ReactNode;
}

/** The paper: what is written, and under it, in the same frame, what is being heard. */
export function Sheet({
  id,
  draft,
  sheet,
  readOnly,
  invalid,
  placeholder,
  onChanged,
  onHandIn,
  children,
}: Props) {
  return (
    <div className="desk-paper">
      <label htmlFor={id} className="visually-hidden">
        Your answer
      </label>
      <textarea
        id={id}
        ref={sheet}
        className="desk-sheet said"
        dir="auto"
        placeholder={placeholder}
        value={draft.text}
        readOnly={readOnly}
        aria-describedby={`${id}-state`}
        aria-invalid={invalid || undefined}
        onChange={(event) => {
          draft.change(event.target.value);
          onChanged();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onHandIn();
        }}
      />
      {children}
    </div>
  );
}

/** Why nothing was handed in. */
export function NothingYet() {
  return (
    <p className="field-error" role="alert">
      <Icon name="alert" size={16} /> There is no answer yet. Write a few words, or skip the question.
    </p>
  );
}
