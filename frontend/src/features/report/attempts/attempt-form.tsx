import { useEffect, useId, useRef, useState } from 'react';

import { saveAttempt, useSubmitAttempt } from '@/api/interviews/attempts';
import type { Attempt } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { uniqueKey } from '@/lib/unique-key';

const PAUSE_MS = 1000;
const LONGEST = 20_000;

interface Props {
  interviewId: string;
  questionId: string;
  attempt: Attempt;
}

/** The answer being written; it is saved while one types, and once more when the page is left. */
export function AttemptForm({ interviewId, questionId, attempt }: Props) {
  const id = useId();
  const [text, setText] = useState(attempt.text);
  const [error, setError] = useState<unknown>(null);
  const [key] = useState(uniqueKey);
  const saved = useRef({ text: attempt.text, revision: attempt.revision });
  const latest = useRef(attempt.text);
  const line = useRef(Promise.resolve());
  const submit = useSubmitAttempt(interviewId, questionId);
  const closed = submit.isSuccess || submit.isPending;

  const save = (keepalive = false) => {
    // One after the other, so that each save knows the revision the last one made.
    line.current = line.current.then(async () => {
      const now = latest.current;
      if (now === saved.current.text) return;
      try {
        const draft = { text: now, revision: saved.current.revision };
        const kept = await saveAttempt(interviewId, questionId, attempt.number, draft, keepalive);
        saved.current = { text: now, revision: kept.revision };
        setError(null);
      } catch (problem) {
        setError(problem);
      }
    });
    return line.current;
  };
  const saving = useRef(save);
  useEffect(() => {
    saving.current = save;
  });
  useEffect(() => {
    latest.current = text;
    if (closed) return;
    const timer = setTimeout(() => void saving.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, closed]);
  const done = useRef(false);
  useEffect(() => {
    const leave = () => {
      if (!done.current) void saving.current(true);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  return (
    <form
      className="attempt-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (closed || text.trim() === '') return;
        done.current = true;
        void line.current.then(() =>
          submit.mutate(
            { number: attempt.number, text, key },
            {
              onError: () => {
                done.current = false;
              },
            },
          ),
        );
      }}
    >
      <div>
        <label className="form-label" htmlFor={id}>
          Attempt {attempt.number}
        </label>
        <textarea
          id={id}
          className="form-control"
          rows={8}
          maxLength={LONGEST}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setText(target.value)}
        />
        <div id={`${id}-hint`} className="form-text">
          Typing is enough here. What you write is saved as you go.
        </div>
      </div>
      {error !== null && <ProblemNotice error={error} onRetry={() => void save()} />}
      {submit.isError && <ProblemNotice error={submit.error} />}
      <div>
        <BusyButton
          type="submit"
          busy={submit.isPending}
          busyText="Handing in…"
          disabled={text.trim() === ''}
        >
          Hand in attempt {attempt.number}
        </BusyButton>
      </div>
    </form>
  );
}
