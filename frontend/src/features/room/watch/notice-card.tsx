import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { replyToNotice } from '@/api/room/reply-to-notice';
import { BusyButton } from '@/components/busy-button';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { keepReply, unsentReplies } from '@/components/session/unsent-replies';
import { clockTime, duration } from '@/lib/format';

import { useCaptures } from '@/features/room/captures/captures-context';
import type { ShownNotice } from './notice-queue';
import { noticeWords } from './notice-words';

interface Props {
  shown: ShownNotice;
  onDismiss?: () => void;
}

/** One notice, at once and in full: what was seen, when, and room for the person's own words about it. */
export function NoticeCard({ shown, onDismiss }: Props) {
  const { notice, kept, state } = shown;
  const { title, reason } = noticeWords[notice.kind];
  return (
    <article className="notice-card">
      <header className="notice-card-head">
        <Icon name="eye" size={18} />
        <h3>{title}</h3>
        <span className="muted small figures">
          {clockTime(notice.started_at)}
          {notice.duration_s >= 1 && `, for ${duration(notice.duration_s)}`}
        </span>
      </header>
      <p className="flush">{kept?.reason ?? reason}</p>
      <p className="flush small muted">
        {(state === 'kept' || (state === 'waiting' && kept !== null)) &&
          'Noted. It ends nothing and is in no figure.'}
        {state === 'waiting' &&
          kept === null &&
          'Not with the server yet; it is sent when the network is back.'}
        {state === 'refused' && 'The server did not take it, so it is not kept.'}
      </p>
      <Reply shown={shown} {...(onDismiss ? { onDismiss } : {})} />
    </article>
  );
}

/** The press that opened the field asked for it. */
const takeFocus = (field: HTMLTextAreaElement | null) => field?.focus({ preventScroll: true });

/** Words that could not be saved stay in the field, over a reload too. */
function Reply({ shown, onDismiss }: Props) {
  const { interviewId, notices } = useCaptures();
  const [unsent] = useState(() => unsentReplies(interviewId)[shown.id]);
  const [text, setText] = useState(unsent ?? '');
  const [open, setOpen] = useState<'no' | 'pressed' | 'unsent'>(unsent === undefined ? 'no' : 'unsent');
  const id = useId();
  const reply = useMutation({
    mutationFn: (words: string) => replyToNotice(interviewId, shown.id, words),
    onSuccess: (kept) => {
      notices.replace(kept);
      close();
    },
  });
  const said = shown.kept?.reply ?? null;
  const possible = shown.state !== 'refused';

  function write(words: string): void {
    setText(words);
    keepReply(interviewId, shown.id, words);
  }

  function close(): void {
    keepReply(interviewId, shown.id, null);
    setOpen('no');
  }

  if (open === 'no')
    return (
      <>
        {said !== null && <p className="flush said notice-reply">“{said}”</p>}
        <div className="row-wrap" style={{ '--gap': '0.25rem' } as React.CSSProperties}>
          {possible && (
            <Button
              variant="words"
              onClick={() => {
                setText(said ?? '');
                setOpen('pressed');
              }}
            >
              {said === null ? 'Say what it was' : 'Change your words'}
            </Button>
          )}
          {onDismiss && (
            <Button variant="words" onClick={onDismiss}>
              Put it away
            </Button>
          )}
        </div>
      </>
    );
  return (
    <form
      className="stack"
      style={{ '--gap': '0.5rem' } as React.CSSProperties}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && !reply.isPending) reply.mutate(text.trim());
      }}
    >
      <label className="form-label flush" htmlFor={id}>
        Your words about it
      </label>
      <textarea
        id={id}
        className="form-control"
        rows={2}
        maxLength={2000}
        value={text}
        aria-describedby={`${id}-hint`}
        ref={open === 'pressed' ? takeFocus : undefined}
        onChange={(event) => write(event.target.value)}
      />
      <span className="form-text flush" id={`${id}-hint`}>
        Kept with the notice wherever it is shown. You can also do this later, in your report.
      </span>
      {reply.isError && <ProblemNotice error={reply.error} />}
      <div className="row-wrap">
        <BusyButton type="submit" variant="quiet" busy={reply.isPending} busyText="Keeping…">
          Keep these words
        </BusyButton>
        <Button variant="words" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
