import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { useSubmitAnswer } from '@/api/interviews/answer-question';
import { interviewQuery } from '@/api/interviews/get-interview';
import { isProblem } from '@/api/problem';
import { uniqueKey } from '@/lib/unique-key';

import { isOpen } from '@/features/room/speech/engine-words';
import type { AnswerSpeech } from '@/features/room/speech/use-answer-speech';
import { charactersLeft } from './answer-limits';
import type { Draft } from './use-draft';

/** Another tab was faster: show where the interview stands now. */
export function useMovedOn(interviewId: string) {
  const queries = useQueryClient();
  return (error: unknown): void => {
    if (isProblem(error, 'answer-already-submitted', 'question-not-open'))
      void queries.invalidateQueries({ queryKey: interviewQuery(interviewId).queryKey });
  };
}

/** Handing in: once, whatever is pressed; and after the last spoken words are written down, unless one does not wait. */
export function useHandIn(interviewId: string, questionId: string, draft: Draft, speech: AnswerSpeech) {
  const submit = useSubmitAnswer(interviewId);
  const moved = useMovedOn(interviewId);
  const [empty, setEmpty] = useState(false);
  const [waiting, setWaiting] = useState(false);
  // One key per text: the same press twice, or again after a lost reply, is one answer.
  const sent = useRef<{ text: string; key: string } | null>(null);
  // `isPending` is known one render later, which is too late for the second press of a double click.
  const underWay = useRef(false);

  const left = charactersLeft(draft.text);
  const blocked = (left !== null && left < 0) || draft.state.status === 'conflict';
  const speaking = isOpen(speech.status) || speech.status === 'finishing' || speech.pending > 0;

  /** False when there was nothing to send: the sheet wants a look. */
  function send(): boolean {
    setWaiting(false);
    if (underWay.current) return true;
    if (submit.isPending || blocked) return false;
    if (draft.text.trim() === '') {
      setEmpty(true);
      return false;
    }
    if (sent.current?.text !== draft.text) sent.current = { text: draft.text, key: uniqueKey() };
    underWay.current = true;
    submit.mutate(
      { questionId, ...sent.current, heard: speech.answerHeard },
      {
        onSuccess: () => {
          draft.end();
          speech.discard();
          speech.forgetHeard();
        },
        onError: moved,
        onSettled: () => {
          underWay.current = false;
        },
      },
    );
    return true;
  }

  function handIn(): boolean {
    if (!speaking) return send();
    if (isOpen(speech.status)) speech.stop();
    setWaiting(true);
    return true;
  }

  // A part that is missing wants a look first, and then a press: dismissing it, minutes later, hands nothing in.
  if (waiting && !speaking && speech.missing.length > 0) setWaiting(false);
  const over = waiting && !speaking;
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    if (over && speech.missing.length === 0) latest.current();
  }, [over, speech.missing.length]);

  return {
    handIn,
    /** Without the parts that are still being written down. */
    handInNow: send,
    waiting: waiting && speaking,
    callOff: () => setWaiting(false),
    empty,
    changed: () => {
      setEmpty(false);
      if (submit.isError) submit.reset();
    },
    left,
    tooLong: left !== null && left < 0,
    busy: submit.isPending,
    error: submit.error,
  };
}

export type HandIn = ReturnType<typeof useHandIn>;
