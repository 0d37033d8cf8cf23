import { useId, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { useDeletePresence } from '@/api/room/delete-presence';
import { useSharePresence } from '@/api/room/share-presence';
import type { AskedQuestion, Presence } from '@/api/types';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';
import { PresenceList } from '@/components/session/presence-list';

interface Props {
  interviewId: string;
  presence: Presence;
  questions: AskedQuestion[];
}

/** What was visible during the answers, who may see it, and the way to be rid of it. */
export function PresencePart({ interviewId, presence, questions }: Props) {
  const [asked, setAsked] = useState(false);
  const remove = useDeletePresence(interviewId);
  if (presence.answers.length === 0)
    return (
      <p className="flush muted" role="status">
        {remove.isSuccess ? 'It is deleted, and nobody sees it any more.' : 'Nothing was counted.'}
      </p>
    );
  return (
    <div className="stack" style={{ '--gap': '2rem' } as React.CSSProperties}>
      <p className="flush">
        An estimate of what your face looked like from picture to picture. It says nothing about what you felt
        or how well you answered, it is often wrong, and it is never in a score. Only these shares were kept,
        never a picture.
      </p>
      <PresenceList answers={presence.answers} questions={questions} />
      <Sharing interviewId={interviewId} shared={presence.shared} />
      <div className="stack">
        {remove.isError && <ProblemNotice error={remove.error} />}
        <div>
          <Button variant="quiet" onClick={() => setAsked(true)}>
            Delete what was visible
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={asked}
        title="Delete what was visible?"
        confirm="Delete it"
        cancel="Keep it"
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsked(false) })}
        onCancel={() => setAsked(false)}
      >
        <p>
          The shares of all answers of this interview are deleted for good, and reviewers no longer see them.
          Your answers and the report stay as they are.
        </p>
      </ConfirmDialog>
    </div>
  );
}

function Sharing({ interviewId, shared }: { interviewId: string; shared: boolean }) {
  const id = useId();
  const share = useSharePresence(interviewId);
  // While it is being saved the switch stands where it was put.
  const on = share.isPending ? share.variables : shared;
  return (
    <div className="stack">
      <div className="form-check form-switch presence-switch">
        <input
          id={id}
          type="checkbox"
          role="switch"
          className="form-check-input"
          checked={on}
          aria-describedby={`${id}-meaning`}
          onChange={({ target }) => {
            if (!share.isPending) share.mutate(target.checked);
          }}
        />
        <label className="form-check-label" htmlFor={id}>
          Share with reviewers
        </label>
        <p id={`${id}-meaning`} className="form-text flush">
          {on
            ? 'Administrators who open this interview see these shares, as you see them here. Switch it off and they no longer do.'
            : 'Only you see this. Switched on, administrators who open this interview see it too.'}
        </p>
      </div>
      {share.isError && <ProblemNotice error={share.error} />}
    </div>
  );
}
