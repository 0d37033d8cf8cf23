import { useId, useState } from 'react';
import Button from 'react-bootstrap/Button';

import type { Improvement } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';

const LONGEST = 500;

interface Props {
  facts: Improvement['facts'];
  busy: boolean;
  error: unknown;
  onGive: (facts: { id: number; text: string }[], useOffline: boolean) => void;
}

/** The questions about what is missing; each may be left open. */
export function FactForm({ facts, busy, error, onGive }: Props) {
  const id = useId();
  const [said, setSaid] = useState(() => new Map(facts.map((fact) => [fact.id, fact.text ?? ''])));
  const give = (useOffline: boolean) =>
    onGive(
      facts.map((fact) => ({ id: fact.id, text: said.get(fact.id) ?? '' })),
      useOffline,
    );
  return (
    <form
      className="fact-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) give(false);
      }}
    >
      <p className="flush muted">
        Say what is true and leave open what you do not know. Only your words are used.
      </p>
      {facts.map((fact) => (
        <div key={fact.id}>
          <label className="form-label" htmlFor={`${id}-${fact.id}`}>
            {fact.question}
          </label>
          <textarea
            id={`${id}-${fact.id}`}
            className="form-control"
            rows={2}
            maxLength={LONGEST}
            value={said.get(fact.id) ?? ''}
            onChange={({ target }) => setSaid(new Map(said).set(fact.id, target.value))}
          />
        </div>
      ))}
      {error !== null && <ProblemNotice error={error} />}
      <div className="improve-actions">
        <BusyButton type="submit" busy={busy} busyText="Sending…">
          Improve my answer
        </BusyButton>
        <Button variant="words" disabled={busy} onClick={() => give(true)}>
          Only an outline, without AI
        </Button>
      </div>
    </form>
  );
}
