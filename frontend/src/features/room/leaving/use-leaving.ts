import { useState, type ComponentProps } from 'react';
import { useBlocker, useNavigate } from 'react-router';

import { useMoveInterview } from '@/api/interviews/move-interview';
import type { Interview } from '@/api/types';
import { paths } from '@/config/paths';

import { useCaptures } from '@/features/room/captures/captures-context';
import type { Draft } from '@/features/room/answer/use-draft';
import { isOpen } from '@/features/room/speech/engine-words';
import type { AnswerSpeech } from '@/features/room/speech/use-answer-speech';
import type { LeaveDialog } from './leave-dialog';

/** Leaving asks when it was asked for, and when something is not safe yet. */
export function useLeaving(interview: Interview, draft: Draft, speech: AnswerSpeech) {
  const navigate = useNavigate();
  const complete = useMoveInterview(interview.id, 'complete');
  const { recording, recordingMode } = useCaptures();
  const [asked, setAsked] = useState(false);
  const { status } = draft.state;
  const blocker = useBlocker(status === 'offline' || status === 'failed' || status === 'conflict');
  const said = !isOpen(speech.status) && speech.status !== 'finishing' && speech.unsent === 0;
  const safe = status === 'saved' && said;

  const dialog: ComponentProps<typeof LeaveDialog> = {
    open: asked || blocker.state === 'blocked',
    safe,
    busy: complete.isPending,
    error: complete.error,
    answered: interview.questions.filter((question) => question.status === 'submitted').length,
    unsentBytes: recordingMode === 'server' ? recording.backlog.bytes : 0,
    onStay: () => {
      setAsked(false);
      complete.reset();
      if (blocker.state === 'blocked') blocker.reset();
    },
    onLeave: () => {
      if (blocker.state === 'blocked') blocker.proceed();
      else void navigate(paths.home);
    },
    onFinish: () => {
      if (!complete.isPending) complete.mutate(undefined, { onSuccess: draft.end });
    },
  };
  return {
    safe,
    dialog,
    ask: () => {
      // The last words are written down while one thinks about it.
      if (isOpen(speech.status)) speech.stop();
      void draft.flush();
      setAsked(true);
    },
  };
}
