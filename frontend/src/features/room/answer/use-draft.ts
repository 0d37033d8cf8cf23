import { useCallback, useEffect, useRef, useState } from 'react';

import { saveDraft } from '@/api/interviews/save-draft';
import { onSessionRestored, reportFailure } from '@/api/query-client';
import type { AskedQuestion } from '@/api/types';

import { DraftSaver, type DraftState } from './draft-saver';
import { keepUnsaved, readUnsaved } from './unsaved';

/** The text of one answer while it is written, kept on the server. Use it with the question's id as key. */
export function useDraft(interviewId: string, question: AskedQuestion) {
  const [kept] = useState(() => readUnsaved(question.id));
  const [text, setText] = useState(kept?.text ?? question.draft?.text ?? '');
  const [state, setState] = useState<DraftState>({
    status: 'saved',
    savedAt: question.draft?.saved_at ?? null,
    theirs: null,
  });
  const saver = useRef<DraftSaver | null>(null);
  const start = useRef({ ...(kept?.base ?? question.draft), savedAt: question.draft?.saved_at ?? null });
  const latest = useRef(text);

  useEffect(() => {
    const current = new DraftSaver({
      start: {
        text: start.current.text ?? '',
        revision: start.current.revision ?? 0,
        savedAt: start.current.savedAt,
      },
      save: async (draft, keepalive) => {
        try {
          return await saveDraft(interviewId, question.id, draft, keepalive);
        } catch (error) {
          reportFailure(error); // a session that ended asks for the password, wherever it is noticed
          throw error;
        }
      },
      onState: (next) => {
        setState(next);
        if (next.status === 'saved' || next.status === 'closed') keepUnsaved(question.id, current.unsaved);
      },
    });
    saver.current = current;
    current.change(latest.current);

    const leaving = () => {
      if (document.visibilityState !== 'hidden') return;
      keepUnsaved(question.id, current.unsaved);
      void current.flush(true);
    };
    const back = () => void current.flush();
    document.addEventListener('visibilitychange', leaving);
    window.addEventListener('pagehide', leaving);
    window.addEventListener('online', back);
    const forget = onSessionRestored(back);
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      window.removeEventListener('pagehide', leaving);
      window.removeEventListener('online', back);
      forget();
      keepUnsaved(question.id, current.unsaved);
      void current.flush(true).finally(() => current.end());
    };
  }, [interviewId, question.id]);

  const change = useCallback((next: string) => {
    latest.current = next;
    setText(next);
    saver.current?.change(next);
  }, []);

  /** A change that builds on the newest text, e.g. words that were just heard. */
  const edit = useCallback(
    (how: (text: string) => string) => {
      const next = how(latest.current);
      if (next !== latest.current) change(next);
    },
    [change],
  );

  const resolve = useCallback((choice: 'mine' | 'theirs') => {
    const next = saver.current?.resolve(choice);
    if (next === undefined) return;
    latest.current = next;
    setText(next);
  }, []);

  return {
    text,
    state,
    change,
    edit,
    resolve,
    flush: useCallback(() => saver.current?.flush() ?? Promise.resolve(), []),
    /** The answer is handed in: nothing more is saved as a draft. */
    end: useCallback(() => {
      saver.current?.end();
      keepUnsaved(question.id, null);
    }, [question.id]),
  };
}

export type Draft = ReturnType<typeof useDraft>;
