import { useState } from 'react';

import { TextArea } from './text-area';

const LONGEST = 1_200; // sixteen terms of sixty characters, with what stands between them

interface Props {
  label: string;
  terms: string[];
  error?: string | undefined;
  onType: (terms: string[]) => void;
}

/** Terms with commas between them. What is typed stays as it is typed; what comes from elsewhere is spaced. */
export function TermsField({ label, terms, error, onType }: Props) {
  const [typed, setTyped] = useState(() => spaced(terms));
  const text = spaced(split(typed)) === spaced(terms) ? typed : spaced(terms);
  return (
    <TextArea
      label={label}
      hint="2 to 16, lower case, with commas between them"
      rows={3}
      longest={LONGEST}
      value={text}
      error={error}
      onType={(next) => {
        setTyped(next);
        onType(split(next));
      }}
    />
  );
}

/** What is typed, as terms: without the space around them and without empty ones. */
function split(text: string): string[] {
  return text
    .split(',')
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

function spaced(terms: string[]): string {
  return terms.filter((term) => term !== '').join(', ');
}
