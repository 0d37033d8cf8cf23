import { useEffect, useId, useRef, useState } from 'react';
import Button from 'react-bootstrap/Button';
import { useQueryClient } from '@tanstack/react-query';

import { useSkipQuestion, useSubmitAnswer } from '@/api/interviews/answer-question';
import { interviewQuery } from '@/api/interviews/get-interview';
import { isProblem } from '@/api/problem';
import type { Interview, InterviewQuestion } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { countWords, plural, wordCount } from '@/lib/format';
import { uniqueKey } from '@/lib/unique-key';

import { charactersLeft } from './answer-limits';
import { DraftConflict } from './draft-conflict';
import { SaveState } from './save-state';
import type { useDraft } from './use-draft';

interface Props {
  interview: Interview;
  question: InterviewQuestion;
  draft: ReturnType<typeof useDraft>;
}

/** The sheet to write on and the bar below it: whether it is safe, how much it is, skip, hand in. */
export function AnswerDesk({ interview, question, draft }: Props) {
  const queries = useQueryClient();
  const submit = useSubmitAnswer(interview.id);
  const skip = useSkipQuestion(interview.id);
  const [skipping, setSkipping] = useState(false);
  const [empty, setEmpty] = useState(false);
  const sheet = useRef<HTMLTextAreaElement>(null);
  // One key per text: the same press twice, or again after a lost reply, is one answer.
  const sent = useRef<{ text: string; key: string } | null>(null);
  // `busy` is known one render later, which is too late for the second press of a double click.
  const underWay = useRef(false);
  const id = useId();

  const left = charactersLeft(draft.text);
  const tooLong = left !== null && left < 0;
  const last = question.position === interview.questions.length;
  const busy = submit.isPending || skip.isPending;

  const notices = useRef<HTMLDivElement>(null);
  const trouble = submit.isError || skip.isError || draft.state.theirs !== null;
  useEffect(() => {
    // Above the bar, where it is seen.
    if (trouble) notices.current?.scrollIntoView({ block: 'nearest' });
  }, [trouble]);

  function moved(error: unknown): void {
    // Another tab was faster: show where the interview stands now.
    if (isProblem(error, 'answer-already-submitted', 'question-not-open'))
      void queries.invalidateQueries({ queryKey: interviewQuery(interview.id).queryKey });
  }

  function handIn(): void {
    if (underWay.current) return;
    if (busy || tooLong || draft.state.status === 'conflict') {
      sheet.current?.focus();
      return;
    }
    if (draft.text.trim() === '') {
      setEmpty(true);
      sheet.current?.focus();
      return;
    }
    if (sent.current?.text !== draft.text) sent.current = { text: draft.text, key: uniqueKey() };
    underWay.current = true;
    submit.mutate(
      { questionId: question.id, ...sent.current },
      {
        onSuccess: draft.end,
        onError: moved,
        onSettled: () => {
          underWay.current = false;
        },
      },
    );
  }

  return (
    <form
      className="desk"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        handIn();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        Your answer
      </label>
      <textarea
        id={id}
        ref={sheet}
        className="desk-sheet said"
        placeholder="Write as you would say it."
        value={draft.text}
        readOnly={busy}
        aria-describedby={`${id}-state`}
        aria-invalid={empty || tooLong || undefined}
        onChange={(event) => {
          draft.change(event.target.value);
          setEmpty(false);
          if (submit.isError) submit.reset();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          handIn();
        }}
      />
      <div className="desk-notices" id={`${id}-state`} ref={notices}>
        {empty && (
          <p className="field-error" role="alert">
            <Icon name="alert" size={16} /> There is no answer yet. Write a few words, or skip the question.
          </p>
        )}
        {draft.state.theirs !== null && (
          <DraftConflict mine={draft.text} theirs={draft.state.theirs} onChoose={draft.resolve} />
        )}
        {submit.isError && <ProblemNotice error={submit.error} onRetry={handIn} />}
        {skip.isError && <ProblemNotice error={skip.error} />}
      </div>

      <div className="desk-bar">
        <div className="desk-bar-inner">
          <div className="desk-facts muted small">
            <SaveState state={draft.state} empty={draft.text === ''} />
            {left === null ? (
              <span className="figures">{wordCount(countWords(draft.text))}</span>
            ) : (
              <span
                className={tooLong ? 'figures desk-over' : 'figures'}
                role={tooLong ? 'alert' : undefined}
              >
                {tooLong
                  ? `${plural(-left, 'character')} too many: shorten it`
                  : `${plural(left, 'character')} left`}
              </span>
            )}
          </div>
          <div className="desk-actions">
            <Button variant="quiet" disabled={busy} onClick={() => setSkipping(true)}>
              Skip
            </Button>
            <BusyButton
              type="submit"
              className="desk-submit"
              busy={submit.isPending}
              busyText="Handing in…"
              title="Ctrl + Enter"
            >
              {last ? 'Hand in and finish' : 'Hand in answer'}
            </BusyButton>
          </div>
        </div>
      </div>

      <ConfirmDialog
        open={skipping}
        title="Skip this question?"
        confirm={last ? 'Skip and finish' : 'Skip it'}
        cancel="Keep writing"
        busy={skip.isPending}
        onCancel={() => setSkipping(false)}
        onConfirm={() => {
          setSkipping(false);
          skip.mutate(question.id, { onSuccess: draft.end, onError: moved });
        }}
      >
        <p>
          You cannot come back to it in this interview
          {draft.text.trim() === '' ? '.' : ', and what you wrote here is not handed in.'} A skipped question
          does not lower any figure; it is listed as skipped.
        </p>
      </ConfirmDialog>
    </form>
  );
}
