import { useId, useRef, useState, type ReactNode } from 'react';
import Button from 'react-bootstrap/Button';

import type { Notice } from '@/api/types';
import { shorten } from '@/components/answer/margin-notes';
import { BusyButton } from '@/components/busy-button';
import { useLeaveWarning } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { keepReply, unsentReplies } from '@/components/session/unsent-replies';
import { count, when } from '@/lib/format';

import { useReply } from './use-reply';

const longest = 2000;

interface Props {
  interviewId: string;
  notice: Notice;
  /** What else can be done with the notice. */
  children: ReactNode;
}

/** What the candidate says to a notice: to read, to write, and to change. Words that could not be saved stay in the field, over a reload too. */
export function ReplyField({ interviewId, notice, children }: Props) {
  const id = useId();
  const [text, setText] = useState(() => unsentReplies(interviewId)[notice.id] ?? null);
  const [pressed, setPressed] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const reply = useReply(interviewId);
  const words = (text ?? '').trim();
  const length = Array.from(words).length;
  const tooLong = length > longest;
  const changed = text !== null && words !== (notice.reply ?? '');
  useLeaveWarning(changed);

  function write(words: string | null): void {
    setText(words);
    keepReply(interviewId, notice.id, words);
  }

  function close(): void {
    write(null);
    reply.reset();
    // The button stands there again after this.
    requestAnimationFrame(() => opener.current?.focus());
  }

  if (text === null)
    return (
      <div className="reply">
        {notice.reply !== null && (
          <div className="reply-words">
            <p className="flush small muted">
              Your reply{notice.replied_at !== null && `, ${when(notice.replied_at)}`}
            </p>
            <ReplyText text={notice.reply} />
          </div>
        )}
        <div className="reply-actions">
          <Button
            ref={opener}
            variant="words"
            aria-label={`${notice.reply === null ? 'Reply to' : 'Change the reply to'}: ${notice.reason}`}
            onClick={() => {
              setText(notice.reply ?? '');
              setPressed(true);
            }}
          >
            {notice.reply === null ? 'Reply' : 'Change'}
          </Button>
          {children}
        </div>
      </div>
    );
  return (
    <form
      className="reply stack"
      style={{ '--gap': '0.75rem' } as React.CSSProperties}
      onSubmit={(event) => {
        event.preventDefault();
        if (reply.isPending || tooLong || length === 0) return;
        if (changed) reply.mutate({ noticeId: notice.id, text: words }, { onSuccess: close });
        else close();
      }}
    >
      <div>
        <label className="form-label" htmlFor={id}>
          What was it?
        </label>
        <textarea
          id={id}
          className="form-control reply-sheet"
          rows={3}
          value={text}
          // Not where the words of an earlier page are put back.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={pressed}
          aria-invalid={tooLong || undefined}
          aria-describedby={`${id}-length`}
          onChange={({ target }) => write(target.value)}
        />
        <p id={`${id}-length`} className={tooLong ? 'field-error' : 'form-text flush'}>
          {tooLong
            ? `${count(length - longest)} characters too many. All of it is still here; shorten it to save it.`
            : `${count(length)} of ${count(longest)} characters.`}
        </p>
      </div>
      {reply.isError && <ProblemNotice error={reply.error} />}
      <div className="row-wrap">
        <BusyButton
          type="submit"
          busy={reply.isPending}
          busyText="Saving…"
          disabled={tooLong || length === 0}
        >
          Save reply
        </BusyButton>
        <Button variant="words" onClick={close}>
          {changed ? 'Discard' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

const short = 280;

/** A long reply shows its beginning, so that the list can be looked over. */
function ReplyText({ text }: { text: string }) {
  const [whole, setWhole] = useState(text.length <= short);
  return (
    <>
      <p className="flush said reply-text">{whole ? text : shorten(text, short)}</p>
      {!whole && (
        <div className="reply-actions">
          <Button variant="words" onClick={() => setWhole(true)}>
            Show the whole reply
          </Button>
        </div>
      )}
    </>
  );
}
